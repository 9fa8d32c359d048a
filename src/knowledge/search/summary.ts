import { cutTo } from '../../domain/text.ts';
import { wordsOf } from '../words.ts';

export const summaryLength = 200;

/** What of a passage a question is about: from the sentence on that has most of its words. */
export function summaryOf(text: string, wanted: ReadonlySet<string>): string {
  const sentences = text
    .replace(/^ {0,3}(```|~~~).*$/gm, ' ')
    .replace(/[*_`#>|]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .split(/(?<=[.!?…])\s+|(?<=[。！？])/);
  const told = sentences.map(
    (sentence) => new Set(wordsOf(sentence).filter((word) => wanted.has(word))).size,
  );
  const from = Math.max(0, told.indexOf(Math.max(...told)));
  const whole = sentences.slice(from).join(' ');
  if (whole.length <= summaryLength) return whole;
  const cut = cutTo(summaryLength - 1, whole);
  return `${cut.replace(/\s+\S{0,30}$/, '')}…`;
}
