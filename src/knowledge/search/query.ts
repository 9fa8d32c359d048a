import { isCommon, wordsOf } from '../words.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Characters of a question that are read, and words of it that are looked for. */
const mostRead = 2_000;
const mostWords = 24;
/** Unknown words of a question for which others are looked for. */
const mostGuessed = 6;

/** A word that may stand for a word of the question: the higher the weight, the likelier. */
export type Alternative = { word: string; weight: number; isFuzzy: boolean; chunks: number };

/** A word of a question, with what may stand for it; none where the room has nothing like it. */
export type Term = { word: string; alternatives: readonly Alternative[] };

/** A question as it is looked for. `phrase` is all of it, but for what it begins and ends with that says nothing. */
export type SearchQuery = { phrase: readonly string[]; terms: readonly Term[]; passages: number };

/** Reads a question in the words of a room. Undefined: there is nothing to look for. */
export async function readQuery(
  vocabulary: Vocabulary,
  roomId: string,
  text: string,
): Promise<SearchQuery | undefined> {
  const words = wordsOf(text.slice(0, mostRead).toWellFormed());
  const telling = [...new Set(words.filter((word) => !isCommon(word)))];
  const wanted = (telling.length > 0 ? telling : [...new Set(words)]).slice(0, mostWords);
  if (wanted.length === 0) return undefined;
  const [passages, counts] = await Promise.all([
    vocabulary.passages(roomId),
    vocabulary.counts(roomId, wanted),
  ]);
  if (passages.count === 0) return undefined;
  let guessed = 0;
  const terms: Term[] = [];
  for (const word of wanted) {
    const chunks = counts.get(word) ?? passages.titled.get(word);
    if (chunks !== undefined) {
      terms.push({ word, alternatives: [{ word, weight: 1, isFuzzy: false, chunks }] });
      continue;
    }
    guessed += 1;
    terms.push({ word, alternatives: guessed > mostGuessed ? [] : await guess(vocabulary, roomId, word) });
  }
  return { phrase: trimmed(words), terms, passages: passages.count };
}

async function guess(vocabulary: Vocabulary, roomId: string, word: string): Promise<Alternative[]> {
  const longer = await vocabulary.beginningWith(roomId, word);
  if (longer.length > 0) return longer.map((one) => ({ ...one, weight: 0.8, isFuzzy: false }));
  const near = await vocabulary.near(roomId, word);
  return near.map((one) => ({ ...one, weight: 0.6, isFuzzy: true }));
}

function trimmed(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !isCommon(word));
  if (first < 0) return words;
  return words.slice(first, words.findLastIndex((word) => !isCommon(word)) + 1);
}
