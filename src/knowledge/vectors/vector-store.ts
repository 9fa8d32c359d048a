import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../../db/database.ts';
import { lapsed } from '../../db/lapsed.ts';
import { compiled } from '../../db/query.ts';
import { changedBy, type Steps } from '../../db/steps.ts';
import type { SourceKey } from '../library.ts';
import { packed, type SourceVectors, toBytes } from './source-vectors.ts';

/** Milliseconds that a process has a source to itself, unless it says so again. */
const claimed = 5 * 60_000;
/** Rows that are read at once, before others have their turn. */
const readAtOnce = 500;
const writtenAtOnce = 16;

export type TextToEmbed = { ordinal: number; title: string; heading: string; text: string };

/** The vectors of passages, as the database keeps them. */
export function createVectorStore(db: Database, model: string) {
  const isLapsed = lapsed(db, 'embedding_until_ms', claimed);
  const sourcesIn = (roomId: string) =>
    db.sql.selectFrom('library_sources').select('source_id').where('room_id', '=', roomId);

  return {
    model,

    /** Sources that lack vectors of this model. */
    async pending(): Promise<SourceKey[]> {
      const query = db.sql
        .selectFrom('library_sources')
        .select(['room_id', 'source_id'])
        .where((eb) => eb.or([eb('embedded', 'is', null), eb('embedded', '!=', model)]))
        .orderBy('added_at');
      const rows = await db.run(compiled(query));
      return rows.map(({ room_id, source_id }) => ({ roomId: room_id, sourceId: source_id }));
    },

    /** Takes a source for a while; false where another process has it, or there is nothing to do. */
    claim({ roomId, sourceId }: SourceKey): Promise<boolean> {
      return db.transact(`vectors:${sourceId}`, function* (): Steps<boolean> {
        const query = db.sql
          .updateTable('library_sources')
          .set(({ eb }) => ({ embedding_until_ms: eb(db.now, '+', claimed) }))
          .where('room_id', '=', roomId)
          .where('source_id', '=', sourceId)
          .where((eb) => eb.or([eb('embedded', 'is', null), eb('embedded', '!=', model)]))
          .where((eb) => eb.or([eb('embedding_until_ms', 'is', null), isLapsed]));
        return (yield* changedBy(compiled(query))) > 0;
      });
    },

    /** Gives a source back; `isWhole` when all its passages have their vectors. */
    async release({ roomId, sourceId }: SourceKey, isWhole: boolean): Promise<void> {
      await db.transact(`vectors:${sourceId}`, function* (): Steps<void> {
        yield compiled(
          db.sql
            .updateTable('library_sources')
            .set({ embedding_until_ms: null, ...(isWhole ? { embedded: model } : {}) })
            .where('room_id', '=', roomId)
            .where('source_id', '=', sourceId),
        );
      });
    },

    /** The first passages of a source that have no vector of this model. */
    async missing({ roomId, sourceId }: SourceKey, limit: number): Promise<TextToEmbed[]> {
      const query = db.sql
        .selectFrom('library_chunks as c')
        .innerJoin('library_sources as s', (join) =>
          join.onRef('s.room_id', '=', 'c.room_id').onRef('s.source_id', '=', 'c.source_id'),
        )
        .leftJoin('library_vectors as v', (join) =>
          join
            .onRef('v.room_id', '=', 'c.room_id')
            .onRef('v.source_id', '=', 'c.source_id')
            .onRef('v.ordinal', '=', 'c.ordinal')
            .on('v.model', '=', model),
        )
        .select(['c.ordinal', 's.title', 'c.heading', 'c.text'])
        .where('c.room_id', '=', roomId)
        .where('c.source_id', '=', sourceId)
        .where('v.ordinal', 'is', null)
        .orderBy('c.ordinal')
        .limit(limit);
      return db.run(compiled(query));
    },

    /** Writes vectors down, unless the source has gone meanwhile; and says that it is still being worked on. */
    async save(
      { roomId, sourceId }: SourceKey,
      vectors: readonly { ordinal: number; vector: Float32Array }[],
    ): Promise<void> {
      for (let from = 0; from < vectors.length; from += writtenAtOnce) {
        const some = vectors.slice(from, from + writtenAtOnce);
        await db.transact(`vectors:${sourceId}`, function* (): Steps<void> {
          const stays = db.sql
            .updateTable('library_sources')
            .set(({ eb }) => ({ embedding_until_ms: eb(db.now, '+', claimed) }))
            .where('room_id', '=', roomId)
            .where('source_id', '=', sourceId);
          if ((yield* changedBy(compiled(stays))) === 0) return;
          const rows = some.map(({ ordinal, vector }) => ({
            room_id: roomId,
            source_id: sourceId,
            ordinal,
            model,
            vector: toBytes(vector),
          }));
          yield compiled(
            db.sql
              .insertInto('library_vectors')
              .values(rows)
              .onConflict((conflict) =>
                conflict.columns(['room_id', 'source_id', 'ordinal']).doUpdateSet((eb) => ({
                  model: eb.ref('excluded.model'),
                  vector: eb.ref('excluded.vector'),
                })),
              ),
          );
        });
      }
    },

    /** The sources of a room that are searched by meaning. */
    async sources(roomId: string): Promise<string[]> {
      const query = sourcesIn(roomId).where('embedded', '=', model).orderBy('source_id');
      return (await db.run(compiled(query))).map(({ source_id }) => source_id);
    },

    async load({ roomId, sourceId }: SourceKey): Promise<SourceVectors> {
      const rows: { ordinal: number; vector: Buffer }[] = [];
      for (let after = -1; ; ) {
        const query = db.sql
          .selectFrom('library_vectors')
          .select(['ordinal', 'vector'])
          .where('room_id', '=', roomId)
          .where('source_id', '=', sourceId)
          .where('model', '=', model)
          .where('ordinal', '>', after)
          .orderBy('ordinal')
          .limit(readAtOnce);
        const some = await db.run(compiled(query));
        rows.push(...some);
        const last = some.at(-1);
        if (last === undefined || some.length < readAtOnce) return packed(sourceId, rows);
        after = last.ordinal;
        await nextTurn();
      }
    },
  };
}

export type VectorStore = ReturnType<typeof createVectorStore>;
