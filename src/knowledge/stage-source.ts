import type { Database } from '../db/database.ts';
import { compiled } from '../db/query.ts';
import type { Steps } from '../db/steps.ts';
import type { Tables } from '../db/tables.ts';
import type { Library, LibrarySource, SourceKey, StagedSource } from './library.ts';
import type { IndexedChunk } from './read-file.ts';
import { createSourceRows, type Stretch } from './source-rows.ts';
import type { Unpublished } from './unpublished.ts';

/** Rows that are written at once: some 20 milliseconds' work on SQLite, after which others have their turn. */
const chunksAtOnce = 50;
const wordsAtOnce = 1_000;

type SourceRow = Omit<Tables['library_sources'], 'embedding_until_ms'>;

/** Writes sources a batch at a time; each is there for readers, whole, once it is published. */
export function createSourceWriter(
  db: Database,
  unpublished: Unpublished,
): Pick<Library, 'stage' | 'copy' | 'remove' | 'sweep'> {
  const rows = createSourceRows(db);

  /** Writes a source's rows by `write`, and takes them away again where that fails. */
  async function staged(key: SourceKey, row: SourceRow, write: () => Promise<void>): Promise<StagedSource> {
    await unpublished.hold(key);
    const drop = () => unpublished.drop(key);
    try {
      await write();
    } catch (reason) {
      // What cannot be taken away now is left to lapse; the failure that counts is the first.
      await drop().catch(() => undefined);
      throw reason;
    }
    return {
      *publish(): Steps<void> {
        yield* unpublished.publish(key);
        yield compiled(db.sql.insertInto('library_sources').values(row));
      },
      drop,
    };
  }

  async function copyOf(from: SourceKey, to: SourceKey): Promise<StagedSource | undefined> {
    const find = () =>
      db.run(
        compiled(
          db.sql
            .selectFrom('library_sources')
            .selectAll()
            .where('room_id', '=', from.roomId)
            .where('source_id', '=', from.sourceId),
        ),
      );
    const [row] = await find();
    if (row === undefined) return undefined;
    const { embedding_until_ms: _, ...told } = row;
    const copied = await staged(to, { ...told, room_id: to.roomId, source_id: to.sourceId }, async () => {
      for (let first = 0; first < row.chunks; first += chunksAtOnce) {
        const ordinals = { from: first, to: first + chunksAtOnce - 1 };
        await unpublished.write(to, [
          rows.copiedChunks(from, to, ordinals),
          rows.copiedVectors(from, to, ordinals),
        ]);
      }
      for await (const words of wordsOf(from))
        await unpublished.write(to, [rows.copiedWords(from, to, words)]);
    });
    // Its row goes first when a source is removed: while that is there, all that was copied is.
    if ((await find()).length > 0) return copied;
    await copied.drop();
    return undefined;
  }

  /** A source's words, some of them after the other. */
  async function* wordsOf({ roomId, sourceId }: SourceKey): AsyncGenerator<Stretch<string>> {
    for (let after = ''; ; ) {
      const query = db.sql
        .selectFrom('library_words')
        .select('word')
        .where('room_id', '=', roomId)
        .where('source_id', '=', sourceId)
        .where('word', '>', after)
        .orderBy('word')
        .limit(wordsAtOnce);
      const words = await db.run(compiled(query));
      const [first, last] = [words[0], words.at(-1)];
      if (first === undefined || last === undefined) return;
      yield { from: first.word, to: last.word };
      after = last.word;
    }
  }

  return {
    stage(roomId, source, chunks) {
      const key = { roomId, sourceId: source.sourceId };
      return staged(key, rowOf(roomId, source), async () => {
        const counts = new Map<string, number>();
        for (const some of batches(chunks, chunksAtOnce)) {
          countWords(counts, some);
          await unpublished.write(key, [rows.chunks(key, some)]);
        }
        const inOrder = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
        for (const some of batches(inOrder, wordsAtOnce))
          await unpublished.write(key, [rows.words(key, some)]);
      });
    },

    async copy(roomId, toRoomId, ids) {
      const copies = new Map<string, StagedSource>();
      const drop = async () => {
        for (const copied of copies.values()) await copied.drop();
      };
      try {
        for (const [sourceId, newId] of ids) {
          const copied = await copyOf({ roomId, sourceId }, { roomId: toRoomId, sourceId: newId });
          if (copied !== undefined) copies.set(sourceId, copied);
        }
      } catch (reason) {
        await drop().catch(() => undefined);
        throw reason;
      }
      return {
        sourceIds: new Set(copies.keys()),
        *publish(): Steps<void> {
          for (const copied of copies.values()) yield* copied.publish();
        },
        drop,
      };
    },

    *remove(roomId, sourceId): Steps<void> {
      yield compiled(
        db.sql.deleteFrom('library_sources').where('room_id', '=', roomId).where('source_id', '=', sourceId),
      );
      yield* unpublished.leave({ roomId, sourceId });
    },

    sweep: unpublished.sweep,
  };
}

function rowOf(roomId: string, source: LibrarySource): SourceRow {
  const { sourceId, title, author = null, category = null, format, chunks, bytes, addedAt } = source;
  return {
    room_id: roomId,
    source_id: sourceId,
    title,
    author,
    category,
    format,
    chunks,
    bytes,
    added_at: addedAt,
    embedded: null,
  };
}

function* batches<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}

/** Counts in how many passages each word is. */
function countWords(counts: Map<string, number>, chunks: readonly IndexedChunk[]): void {
  for (const { headingWords, words } of chunks) {
    const distinct = new Set(`${headingWords} ${words}`.split(' '));
    distinct.delete('');
    for (const word of distinct) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
}
