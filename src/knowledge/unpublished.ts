import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../db/database.ts';
import { lapsed } from '../db/lapsed.ts';
import { compiled, type Query } from '../db/query.ts';
import { changedBy, type Steps } from '../db/steps.ts';
import { KibitzError } from '../lib/errors.ts';
import type { SourceKey } from './library.ts';

/** Milliseconds that a source may be without a further batch before it counts as left. */
const lapse = 10 * 60_000;
/** Rows that are taken away at once: a few milliseconds' work, after which others have their turn. */
const takenAtOnce = 100;

/**
 * Sources that are written or taken away some rows at a time, so that nobody waits for a large one. As long as a source is among them
 * none of its rows is found; it comes and goes at once for all who read.
 */
export function createUnpublished(db: Database) {
  const isLapsed = lapsed(db, 'expires_ms', lapse);
  const held = ({ roomId, sourceId }: SourceKey) =>
    db.sql
      .updateTable('library_unpublished')
      .set(({ eb }) => ({ expires_ms: eb(db.now, '+', lapse) }))
      .where('room_id', '=', roomId)
      .where('source_id', '=', sourceId)
      .where(({ not }) => not(isLapsed));

  const rowsOfSource = (table: 'library_chunks' | 'library_words', { roomId, sourceId }: SourceKey) =>
    db.sql
      .selectFrom(table)
      .select('source_id')
      .where('room_id', '=', roomId)
      .where('source_id', '=', sourceId);

  /** One batch of rows of a source that is held, in a transaction of its own. */
  async function write(key: SourceKey, rows: readonly Query[]): Promise<void> {
    await db.transact(`library:${key.sourceId}`, function* (): Steps<void> {
      requireHeld(yield* changedBy(compiled(held(key))));
      yield* rows;
    });
    await nextTurn();
  }

  const take = (key: SourceKey) => {
    const where = { room_id: key.roomId, source_id: key.sourceId };
    const chunks = db.sql
      .deleteFrom('library_chunks')
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('library_chunks')
          .select('id')
          .where('room_id', '=', where.room_id)
          .where('source_id', '=', where.source_id)
          .limit(takenAtOnce),
      );
    const vectors = db.sql
      .deleteFrom('library_vectors')
      .where('room_id', '=', where.room_id)
      .where('source_id', '=', where.source_id)
      .where('ordinal', 'in', (eb) =>
        eb
          .selectFrom('library_vectors')
          .select('ordinal')
          .where('room_id', '=', where.room_id)
          .where('source_id', '=', where.source_id)
          .limit(takenAtOnce),
      );
    const words = db.sql
      .deleteFrom('library_words')
      .where('room_id', '=', where.room_id)
      .where('source_id', '=', where.source_id)
      .where('word', 'in', (eb) =>
        eb
          .selectFrom('library_words')
          .select('word')
          .where('room_id', '=', where.room_id)
          .where('source_id', '=', where.source_id)
          .limit(takenAtOnce * 5),
      );
    return [compiled(chunks), compiled(vectors), compiled(words)];
  };

  /** Says for good that a source was left, if it was: by a clock that is set, what has lapsed may not have a moment later. */
  const abandoned = ({ roomId, sourceId }: SourceKey) =>
    db.sql
      .updateTable('library_unpublished')
      .set({ expires_ms: 0 })
      .where('room_id', '=', roomId)
      .where('source_id', '=', sourceId)
      .where(isLapsed);

  /** Takes away what there is of a source that was left. */
  async function clear(key: SourceKey): Promise<void> {
    const isLeft = await db.transact(`library:${key.sourceId}`, () => changedBy(compiled(abandoned(key))));
    if (isLeft === 0) return;
    for (const rows of take(key)) {
      let taken = Number.POSITIVE_INFINITY;
      while (taken > 0) {
        taken = await db.transact(`library:${key.sourceId}`, () => changedBy(rows));
        await nextTurn();
      }
    }
    await db.transact(`library:${key.sourceId}`, function* (): Steps<void> {
      yield compiled(
        db.sql
          .deleteFrom('library_unpublished')
          .where('room_id', '=', key.roomId)
          .where('source_id', '=', key.sourceId)
          .where(isLapsed)
          // Another process may be at the same, and not be done.
          .where((eb) => eb.not(eb.exists(rowsOfSource('library_chunks', key))))
          .where((eb) => eb.not(eb.exists(rowsOfSource('library_words', key)))),
      );
    });
  }

  /** From now on a source's rows, if there are any, are found by nobody, and may be taken away. */
  function* leave({ roomId, sourceId }: SourceKey): Steps<void> {
    yield compiled(
      db.sql
        .insertInto('library_unpublished')
        .values({ room_id: roomId, source_id: sourceId, expires_ms: 0 })
        .onConflict((conflict) => conflict.columns(['room_id', 'source_id']).doUpdateSet({ expires_ms: 0 })),
    );
  }

  return {
    write,
    leave,

    /** Takes a source for writing; `conflict` where it is being written, or its rows have not all gone. */
    async hold({ roomId, sourceId }: SourceKey): Promise<void> {
      await db.transact(`library:${sourceId}`, function* (): Steps<void> {
        const taken = yield* changedBy(
          compiled(
            db.sql
              .insertInto('library_unpublished')
              .values(({ eb }) => ({
                room_id: roomId,
                source_id: sourceId,
                expires_ms: eb(db.now, '+', lapse),
              }))
              .onConflict((conflict) => conflict.doNothing()),
          ),
        );
        if (taken === 0) throw new KibitzError('conflict', 'This source is being written already.');
      });
    },

    /** Steps after which the rows of a source that is held can be found; they belong beside what says that it is there. */
    *publish({ roomId, sourceId }: SourceKey): Steps<void> {
      const query = db.sql
        .deleteFrom('library_unpublished')
        .where('room_id', '=', roomId)
        .where('source_id', '=', sourceId)
        .where(({ not }) => not(isLapsed));
      requireHeld(yield* changedBy(compiled(query)));
    },

    /** Takes away what was being written. */
    async drop(key: SourceKey): Promise<void> {
      await db.transact(`library:${key.sourceId}`, () => leave(key));
      await clear(key);
    },

    /** Takes away the rows of all sources that were removed, or left by whoever was writing them. */
    async sweep(): Promise<void> {
      const query = db.sql.selectFrom('library_unpublished').select(['room_id', 'source_id']).where(isLapsed);
      for (const { room_id, source_id } of await db.run(compiled(query))) {
        await clear({ roomId: room_id, sourceId: source_id });
      }
    },
  };
}

export type Unpublished = ReturnType<typeof createUnpublished>;

function requireHeld(rows: number): void {
  if (rows === 0)
    throw new KibitzError('unavailable', 'Writing this file took too long. Try again in a moment.');
}
