import type { Database } from '../db/database.ts';
import { compiled } from '../db/query.ts';
import type { Passage, PassageInPlace } from './library.ts';

/** Passages shown on either side of one. */
const around = 2;

/** What a passage's row and its source's come to. */
export type PassageRow = {
  source_id: string;
  ordinal: number;
  title: string;
  author: string | null;
  category: string | null;
  heading: string;
  anchor: string;
  text: string;
  start_ms: number | null;
  end_ms: number | null;
};

export const passageColumns = [
  'c.source_id',
  'c.ordinal',
  's.title',
  's.author',
  's.category',
  'c.heading',
  'c.anchor',
  'c.text',
  'c.start_ms',
  'c.end_ms',
] as const;

/** Reads passages with their sources. */
export function createPassages(db: Database) {
  const joined = (roomId: string) =>
    db.sql
      .selectFrom('library_chunks as c')
      .innerJoin('library_sources as s', (join) =>
        join.onRef('s.room_id', '=', 'c.room_id').onRef('s.source_id', '=', 'c.source_id'),
      )
      .where('c.room_id', '=', roomId);

  return {
    joined,

    async inOrder(roomId: string, sourceId: string, from: number, limit: number): Promise<Passage[]> {
      const query = joined(roomId)
        .select(passageColumns)
        .where('c.source_id', '=', sourceId)
        .where('c.ordinal', '>=', from)
        .orderBy('c.ordinal')
        .limit(limit);
      return (await db.run(compiled(query))).map(toPassage);
    },

    async inPlace(roomId: string, chunkId: string): Promise<PassageInPlace | undefined> {
      const [, sourceId = '', number = ''] = /^(.{1,128})-(\d{1,6})$/s.exec(chunkId) ?? [];
      if (sourceId === '') return undefined;
      const ordinal = Number(number);
      const query = joined(roomId)
        .select(passageColumns)
        .where('c.source_id', '=', sourceId)
        .where('c.ordinal', '>=', ordinal - around)
        .where('c.ordinal', '<=', ordinal + around)
        .orderBy('c.ordinal');
      const found = (await db.run(compiled(query))).map(toPassage);
      const passage = found.find((one) => one.ordinal === ordinal);
      if (passage === undefined) return undefined;
      return {
        passage,
        before: found.filter((one) => one.ordinal < ordinal),
        after: found.filter((one) => one.ordinal > ordinal),
      };
    },
  };
}

export type Passages = ReturnType<typeof createPassages>;

export function toPassage(row: PassageRow): Passage {
  const { source_id, ordinal, title, author, category, heading, anchor, text, start_ms, end_ms } = row;
  return {
    sourceId: source_id,
    chunkId: `${source_id}-${ordinal}`,
    ordinal,
    title,
    heading,
    anchor,
    ...(author === null ? {} : { author }),
    ...(category === null ? {} : { category }),
    text,
    ...(start_ms === null ? {} : { start: start_ms }),
    ...(end_ms === null ? {} : { end: end_ms }),
  };
}
