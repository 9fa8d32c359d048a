import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Query } from '../db/query.ts';
import type { SourceKey } from './library.ts';
import { raw } from './raw-query.ts';
import type { IndexedChunk } from './read-file.ts';
import { searchVector } from './search/expressions.ts';

/** The rows of a source from its first to its last passage, or word, of a stretch. */
export type Stretch<T> = { from: T; to: T };

/** Statements that write rows of sources. Rows go in as JSON: one statement for any number of them. */
export function createSourceRows(db: Database) {
  const isPostgres = db.dialect === 'postgres';
  /** One row for each element of a JSON array, as `value`. */
  const each = (rows: readonly unknown[]) => {
    const json = JSON.stringify(rows);
    return isPostgres ? sql`jsonb_array_elements(cast(${json} as jsonb))` : sql`json_each(${json})`;
  };
  const text = (index: number): RawBuilder<string> => sql`value ->> ${sql.lit(index)}`;
  const integer = (index: number) => sql`cast(${text(index)} as integer)`;
  const chunkColumns = sql.raw(
    `ordinal, heading, anchor, text, start_ms, end_ms, heading_words, words${isPostgres ? ', search' : ''}`,
  );
  const owner = ({ roomId, sourceId }: SourceKey) => sql`cast(${roomId} as text), cast(${sourceId} as text)`;
  const ownedBy = ({ roomId, sourceId }: SourceKey) =>
    sql`where room_id = ${roomId} and source_id = ${sourceId}`;

  return {
    chunks(key: SourceKey, chunks: readonly IndexedChunk[]): Query {
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
      return raw(
        db,
        sql`insert into library_chunks (room_id, source_id, ${chunkColumns})
          select ${owner(key)}, ${integer(0)}, ${text(1)}, ${text(2)}, ${text(3)}, ${integer(4)}, ${integer(5)},
            ${text(6)}, ${text(7)} ${isPostgres ? sql`, cast(${text(8)} as tsvector)` : sql``}
          from ${each(rows)} as rows`,
      );
    },

    words(key: SourceKey, counts: readonly (readonly [string, number])[]): Query {
      return raw(
        db,
        sql`insert into library_words (room_id, source_id, word, chunks)
          select ${owner(key)}, ${text(0)}, ${integer(1)} from ${each(counts)} as rows`,
      );
    },

    copiedChunks(from: SourceKey, to: SourceKey, ordinals: Stretch<number>): Query {
      return raw(
        db,
        sql`insert into library_chunks (room_id, source_id, ${chunkColumns})
          select ${owner(to)}, ${chunkColumns} from library_chunks
          ${ownedBy(from)} and ordinal >= ${ordinals.from} and ordinal <= ${ordinals.to} order by ordinal`,
      );
    },

    copiedWords(from: SourceKey, to: SourceKey, words: Stretch<string>): Query {
      return raw(
        db,
        sql`insert into library_words (room_id, source_id, word, chunks)
          select ${owner(to)}, word, chunks from library_words
          ${ownedBy(from)} and word >= ${words.from} and word <= ${words.to}`,
      );
    },

    copiedVectors(from: SourceKey, to: SourceKey, ordinals: Stretch<number>): Query {
      return raw(
        db,
        sql`insert into library_vectors (room_id, source_id, ordinal, model, vector)
          select ${owner(to)}, ordinal, model, vector from library_vectors
          ${ownedBy(from)} and ordinal >= ${ordinals.from} and ordinal <= ${ordinals.to}`,
      );
    },
  };
}
