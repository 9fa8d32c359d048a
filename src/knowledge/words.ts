import { stemmer } from 'stemmer';
import { cutTo } from '../domain/text.ts';

/** Longer runs of letters are cut: databases bound the length of a word. */
const longestWord = 64;

/**
 * The words of a text as they are searched: without case and accents, English ones by their stem, Chinese and Japanese in pairs
 * of characters. Both databases are given these, so that both find the same.
 */
export function wordsOf(text: string): string[] {
  return plain(text).flatMap(forms);
}

/** The same, and after them the parts of names such as `createRoom`, so that they are found by either. */
export function indexedWords(text: string): string[] {
  const parts = text.match(/\p{L}*\p{Ll}\p{Lu}[\p{L}\p{N}]*/gu)?.flatMap((name) => {
    const inner = name.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ');
    return wordsOf(inner);
  });
  return parts === undefined ? wordsOf(text) : [...wordsOf(text), ...parts];
}

function plain(text: string): string[] {
  const letters = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    // don’t is one word
    .replace(/(?<=\p{L})['’](?=\p{L})/gu, '');
  return letters.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

const paired = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

function forms(word: string): string[] {
  if (/^[a-z]+$/.test(word)) return [stemmer(word.slice(0, longestWord))];
  if (!paired.test(word)) return [cutTo(longestWord, word)];
  return word.split(/([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+)/u).flatMap((run, index) => {
    if (run === '') return [];
    return index % 2 === 0 ? [cutTo(longestWord, run)] : pairs(run);
  });
}

function pairs(run: string): string[] {
  const characters = [...run];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

const common = new Set(
  `a about above after again all also am an and any are as at be because been before being below between both but by can
  could did do does doing done down during each else every few for from further get gets give given go had has have having he
  her here hers him his how i if in into is isnt it its just let like many may me might mine more most much must my no nor
  not now of off on once one only or other our ours out over own please same shall she should so some such tell than that
  the their theirs them then there these they this those through to too under until up us use used uses using very was we
  were what whats when where whether which while who whom whose why will with would you your yours`
    .split(/\s+/)
    .flatMap(wordsOf),
);

/** Whether a word says nothing of what a question is about. */
export function isCommon(word: string): boolean {
  return common.has(word);
}
