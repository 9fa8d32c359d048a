import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { compiled } from '../db/query.ts';
import type { Steps } from '../db/steps.ts';
import type { Library } from './library.ts';
import { raw } from './raw-query.ts';
import type { IndexedChunk } from './read-file.ts';
import { searchVector } from './search/expressions.ts';

/** Rows that go in with one statement. */
const batch = 500;

/** Writes and removes a source with all its rows. Rows go in as JSON: one statement for any number of them. */
export function createSourceWriter(db: Database): Pick<Library, 'add' | 'remove'> {
  const isPostgres = db.dialect === 'postgres';
  /** One row for each element of a JSON array, as `value`. */
  const each = (rows: readonly unknown[]) => {
    const json = JSON.stringify(rows);
    return isPostgres ? sql`jsonb_array_elements(cast(${json} as jsonb))` : sql`json_each(${json})`;
  };
  const text = (index: number): RawBuilder<string> => sql`value ->> ${sql.lit(index)}`;
  const integer = (index: number) => sql`cast(${text(index)} as integer)`;

  const insertChunks = (roomId: string, sourceId: string, chunks: readonly IndexedChunk[]) => {
    const rows = chunks.map(({ ordinal, heading, anchor, text, start, end, headingWords, words }) => [
      ordinal,
      heading,
      anchor,
      text,
      start ?? null,
      end ?? null,
      headingWords,
      words,
      ...(isPostgres ? [searchVector(headingWords, words)] : []),
    ]);
    const [column, value] = isPostgres
      ? [sql`, search`, sql`, cast(${text(8)} as tsvector)`]
      : [sql``, sql``];
    return raw(
      db,
      sql`insert into library_chunks
          (room_id, source_id, ordinal, heading, anchor, text, start_ms, end_ms, heading_words, words ${column})
        select cast(${roomId} as text), cast(${sourceId} as text), ${integer(0)}, ${text(1)}, ${text(2)}, ${text(3)},
          ${integer(4)}, ${integer(5)}, ${text(6)}, ${text(7)} ${value}
        from ${each(rows)} as rows`,
    );
  };

  const insertWords = (roomId: string, sourceId: string, counts: readonly (readonly [string, number])[]) =>
    raw(
      db,
      sql`insert into library_words (room_id, source_id, word, chunks)
        select cast(${roomId} as text), cast(${sourceId} as text), ${text(0)}, ${integer(1)}
        from ${each(counts)} as rows`,
    );

  return {
    *add(roomId, source, chunks): Steps<void> {
      const { sourceId, title, author = null, category = null, format, bytes, addedAt } = source;
      yield compiled(
        db.sql.insertInto('library_sources').values({
          room_id: roomId,
          source_id: sourceId,
          title,
          author,
          category,
          format,
          chunks: source.chunks,
          bytes,
          added_at: addedAt,
        }),
      );
      for (const some of batches(chunks)) yield insertChunks(roomId, sourceId, some);
      for (const some of batches(wordCounts(chunks))) yield insertWords(roomId, sourceId, some);
    },

    *remove(roomId, sourceId): Steps<void> {
      // The source first: whoever makes its vectors waits for that row, and then finds nothing to do.
      for (const table of [
        'library_sources',
        'library_vectors',
        'library_words',
        'library_chunks',
      ] as const) {
        yield compiled(
          db.sql.deleteFrom(table).where('room_id', '=', roomId).where('source_id', '=', sourceId),
        );
      }
    },
  };
}

function* batches<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += batch) yield items.slice(from, from + batch);
}

/** In how many passages each word is, in the order of the words. */
function wordCounts(chunks: readonly IndexedChunk[]): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { headingWords, words } of chunks) {
    const distinct = new Set(`${headingWords} ${words}`.split(' '));
    distinct.delete('');
    for (const word of distinct) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
