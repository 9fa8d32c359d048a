import type { SourceFormat } from '../domain/source.ts';
import { type Chunk, chunk } from './chunk.ts';
import { extract } from './extract/extract.ts';
import { tooLarge, unreadable } from './extract/refusals.ts';
import { indexedWords, wordsOf } from './words.ts';

/** Characters that a file's text may have. */
export const mostText = 6_000_000;

/** A passage with the words it is found by, between spaces. */
export type IndexedChunk = Chunk & { headingWords: string; words: string };

/** A file as the library takes it. `title` and `author` are what it says of itself. */
export type ReadFile = {
  format: SourceFormat;
  title?: string | undefined;
  author?: string | undefined;
  chunks: IndexedChunk[];
};

/** Reads a file: its text, cut into passages, with the words they are found by. */
export async function readFile(bytes: Uint8Array, name: string): Promise<ReadFile> {
  const { sections, ...told } = await extract(bytes, name);
  const length = sections.reduce(
    (sum, { pieces }) => sum + pieces.reduce((inner, { text }) => inner + text.length, 0),
    0,
  );
  if (length > mostText) throw tooLarge(`it has more than ${mostText} characters of text. Split it.`);
  const chunks = chunk(sections).map((one) => indexed(one));
  if (chunks.every(({ words }) => words === '')) throw unreadable('there is no text in it.');
  return { ...told, chunks };
}

export function indexed(one: Chunk): IndexedChunk {
  return {
    ...one,
    headingWords: wordsOf(one.heading).join(' '),
    words: indexedWords(one.text).join(' '),
  };
}
