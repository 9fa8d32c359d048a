import { readCues } from './cues.ts';
import { isCommonWord, type NameIndex, type NameMatch } from './name-index.ts';
import { isAbout, isVocative } from './vocative.ts';

/**
 * How a text uses a name: `mention` is `@name`, `name` an address in words, `typo` an address that is not quite the
 * name. A `hint` only has the name in it, which in fiction and talk about others addresses nobody.
 */
export type Call = { id: string; how: 'mention' | 'name' | 'typo' | 'hint'; start: number };

/** How often a text calls on whom, in its order, and only on those of `index`. */
export function callsIn(text: string, index: NameIndex): Call[] {
  const spoken = withoutQuotes(text);
  const cues = readCues(spoken);
  const matches = index.find(spoken);
  const isScript = matches.filter((match) => isLineLabel(spoken, match)).length > 1 && spoken.includes('\n');
  const calls = matches.flatMap((match): Call[] => {
    const { id, start } = match;
    if (isMention(spoken, match)) return match.isWhole ? [{ id, how: 'mention', start }] : [];
    if (isInsideWord(spoken, match)) return [];
    if (!isScript && isVocative(spoken, match, matches, cues)) return [{ id, how: 'name', start }];
    if (isCommonWord(spoken.slice(start, match.end)) || isAbout(spoken, match)) return [];
    return [{ id, how: 'hint', start }];
  });
  if (calls.length === 0) return misspelt(spoken, index);
  return calls.map((call) =>
    isCalledWithNext(spoken, call, calls, matches) ? { ...call, how: 'name' } : call,
  );
}

/** Whether it is one of several names that are called together: “Ann Bob: …”. */
function isCalledWithNext(
  text: string,
  { start, how }: Call,
  calls: readonly Call[],
  matches: readonly NameMatch[],
): boolean {
  const next = calls.find((other) => other.start > start && other.how === 'name');
  if (how !== 'hint' || next === undefined) return false;
  const names = matches.filter((match) => match.end <= next.start);
  return /^[\s,:;&/@+]*(?:and\s+)?$/i.test(without(text.slice(0, next.start), names));
}

function without(text: string, matches: readonly NameMatch[]): string {
  return matches.toReversed().reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
}

/** The text with code and quoted lines blanked out: what stands there was not said to anybody here. */
function withoutQuotes(text: string): string {
  const blank = (part: string) => part.replace(/[^\n]/g, '\u0000');
  return text.replace(/```[\s\S]*?(?:```|$)|`[^`\n]+`|^\s*>[^\n]*/gm, blank);
}

function isMention(text: string, { start, end }: NameMatch): boolean {
  return text[start - 1] === '@' && !/[\p{L}\p{N}_@]$/u.test(text.slice(0, start - 1)) && text[end] !== '@';
}

/** Whether it is a part of an address, a path or an option. */
function isInsideWord(text: string, { start, end }: NameMatch): boolean {
  return (
    /[\p{L}\p{N}/\\.@=#~$-]$/u.test(text.slice(0, start)) ||
    /^(?:[/\\@=]|[.-][\p{L}\p{N}])/u.test(text.slice(end))
  );
}

function isLineLabel(text: string, { start, end }: NameMatch): boolean {
  return /(?:^|\n)[ \t]*$/.test(text.slice(0, start)) && /^[ \t]*:/.test(text.slice(end));
}

/** A name that was mistyped or not written to its end, at the beginning, where names stand that are called. */
function misspelt(text: string, { forms }: NameIndex): Call[] {
  const [, word = ''] = /^\s*@?([\p{L}\p{N}_|^[\]{}-]{3,32})\s*[:,](?!\/\/)/u.exec(text) ?? [];
  const typed = word.toLowerCase();
  if (typed === '' || isCommonWord(typed) || readCues(typed).isResponse || readCues(typed).isQuestion)
    return [];
  const found = new Map<string, number>();
  for (const [form, id] of forms) {
    const isBegun = form.startsWith(typed) || (typed.startsWith(form) && form.length >= 4);
    const errors = isBegun ? 1 : distance(typed, form);
    if (
      errors <= (Math.min(typed.length, form.length) >= 8 ? 2 : typed.length >= 4 ? 1 : 0) ||
      (isBegun && typed.length >= 3)
    ) {
      found.set(id, Math.min(errors, found.get(id) ?? errors));
    }
  }
  const least = Math.min(...found.values());
  const [id, ...others] = [...found].filter(([, errors]) => errors === least).map(([each]) => each);
  return id === undefined || others.length > 0 ? [] : [{ id, how: 'typo', start: 0 }];
}

/** How many letters one must add, leave out, change or swap with the next to make `a` of `b`; over 2 it only says 3. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      next.push(least);
    }
    before = row;
    row = next;
  }
  return Math.min(3, row[b.length] ?? 3);
}
