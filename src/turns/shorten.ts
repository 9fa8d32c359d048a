import { countTokens } from './count-tokens.ts';

/** A text without its middle where it has more than `tokens` tokens; then it has about that many. */
export function shortenTo(text: string, tokens: number): string {
  const count = countTokens(text);
  return count <= tokens ? text : withoutMiddle(text, Math.max(0, tokens - 10) / Math.max(1, count));
}

/** The beginning and the end of a text, together `share` of it. */
export function withoutMiddle(text: string, share: number): string {
  const half = Math.floor((text.length * share) / 2);
  return `${text.slice(0, half)}\n[… left out …]\n${text.slice(text.length - half)}`.toWellFormed();
}
