import type { Database } from '../../db/database.ts';
import { compiled } from '../../db/query.ts';
import { indexedWords } from '../words.ts';
import { editDistance, mostEdits } from './edit-distance.ts';

/** Words that may stand for one that begins as they do, or that is nearly spelled so. */
const mostAlternatives = 12;

/** The words of a room's library. */
export function createVocabulary(db: Database) {
  const wordsOf = (roomId: string) =>
    db.sql
      .selectFrom('library_words')
      .select((eb) => ['word', eb.cast<number>(eb.fn.sum('chunks'), 'integer').as('chunks')])
      .where('room_id', '=', roomId)
      .where('source_id', 'not in', (eb) =>
        eb.selectFrom('library_unpublished').select('source_id').where('room_id', '=', roomId),
      )
      .groupBy('word');
  type Word = { word: string; chunks: number };
  const commonest = (words: readonly Word[]) =>
    words.toSorted((a, b) => b.chunks - a.chunks || (a.word < b.word ? -1 : 1)).slice(0, mostAlternatives);

  return {
    /** How many passages the room has, and of how many each word is in the title of their source. */
    async passages(roomId: string): Promise<{ count: number; titled: Map<string, number> }> {
      const query = db.sql
        .selectFrom('library_sources')
        .select(['title', 'chunks'])
        .where('room_id', '=', roomId);
      const titled = new Map<string, number>();
      let count = 0;
      for (const { title, chunks } of await db.run(compiled(query))) {
        count += chunks;
        for (const word of new Set(indexedWords(title))) titled.set(word, (titled.get(word) ?? 0) + chunks);
      }
      return { count, titled };
    },

    /** In how many passages each of these words is; those that are in none are left out. */
    async counts(roomId: string, words: readonly string[]): Promise<Map<string, number>> {
      if (words.length === 0) return new Map();
      const rows = await db.run(compiled(wordsOf(roomId).where('word', 'in', words)));
      return new Map(rows.map(({ word, chunks }) => [word, chunks]));
    },

    /** The commonest words that begin with `start`. */
    async beginningWith(roomId: string, start: string): Promise<Word[]> {
      if (start.length < 3) return [];
      const query = wordsOf(roomId).where('word', '>', start).where('word', '<', `${start}\u{10ffff}`);
      return commonest(await db.run(compiled(query)));
    },

    /** The nearest words, all equally near; none where even those are too far. */
    async near(roomId: string, word: string): Promise<Word[]> {
      const most = mostEdits(word.length);
      if (most === 0) return [];
      const query = wordsOf(roomId)
        .where((eb) => eb(eb.fn<number>('length', ['word']), '>=', word.length - most))
        .where((eb) => eb(eb.fn<number>('length', ['word']), '<=', word.length + most));
      const found = (await db.run(compiled(query)))
        // Numbers that differ are other numbers.
        .filter((one) => !/\d/.test(one.word))
        .map((one) => ({ ...one, distance: editDistance(word, one.word, most) }));
      const nearest = Math.min(most, ...found.map(({ distance }) => distance));
      return commonest(found.filter(({ distance }) => distance === nearest));
    },
  };
}

export type Vocabulary = ReturnType<typeof createVocabulary>;
