import type { Block, Document } from './document.ts';

/** How much a document says: the characters of its headings and texts, in UTF-16 units. */
export function sizeOf({ sections }: Document): number {
  return sections.reduce(
    (sum, { heading, blocks }) => sum + blocks.reduce((size, { text }) => size + text.length, heading.length),
    0,
  );
}

export type NearDuplicate = { sectionId: string; block: Block; overlap: number };

/** The overlap from which two texts say the same in other words. */
const nearFrom = 0.8;

/**
 * The block that says what a text says, if there is one: the one that shares the most words with it, counted once each and
 * without regard to case and marks. Texts that differ in a number or in a “not” never say the same, however much they share.
 */
export function nearDuplicate(document: Document, text: string): NearDuplicate | undefined {
  const words = spokenWords(text);
  let nearest: NearDuplicate | undefined;
  for (const { id: sectionId, blocks } of document.sections) {
    for (const block of blocks) {
      const overlap = block.text === text ? 1 : overlapOf(words, spokenWords(block.text));
      if (overlap >= nearFrom && overlap > (nearest?.overlap ?? 0)) nearest = { sectionId, block, overlap };
    }
  }
  return nearest;
}

/** Shared words among all words of both, 0–1; 0 where one has a word that decides and the other has not. */
function overlapOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const all = new Set([...a, ...b]);
  const own = [...all].filter((word) => !a.has(word) || !b.has(word));
  return all.size === 0 || own.some(decides) ? 0 : (all.size - own.length) / all.size;
}

/** Whether a word is a number or says “not”: texts that differ in one never say the same. */
export function decides(word: string): boolean {
  return /\p{N}/u.test(word) || negations.has(word);
}

const negations = new Set(
  (
    'no not never none nobody nothing without cannot isnt wasnt arent werent doesnt didnt dont cant wont hasnt havent ' +
    'couldnt kein keine nicht nie ohne'
  ).split(' '),
);

/**
 * Words in lower case; an apostrophe does not end one, and the markers of lists are none. Scripts that put no spaces between
 * words count by the character.
 */
export function spokenWords(text: string): Set<string> {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]/gm, '')
    .replace(/(?<=\p{L})['’](?=\p{L})/gu, '');
  return new Set(
    plain.match(
      /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[[\p{L}\p{M}\p{N}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]]+/gv,
    ),
  );
}
