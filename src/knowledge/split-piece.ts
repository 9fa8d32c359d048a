import type { Piece, PieceKind } from './extract/extracted.ts';

type Sizes = { usual: number; most: number };

/** Where a piece may be cut, the best places first. Each pattern is what a part ends with. */
const cuts: Readonly<Record<PieceKind, readonly RegExp[]>> = {
  list: [/\n(?=(?:[-*+]|\d{1,9}[.)])[ \t])/g, /\n/g, /(?<=[.!?…])\s+|(?<=[。！？])/g, /\s+/g],
  table: [/\n/g, /\s+/g],
  code: [/\n(?=\S)/g, /\n/g, /\s+/g],
  paragraph: [/\n(?=\n)/g, /(?<=[.!?…]["”’)]?)\s+|(?<=[。！？])/g, /\s+/g],
  cue: [/\n/g, /(?<=[.!?…])\s+/g, /\s+/g],
};

/** A piece whole if it may be a passage; else its parts, as few as can be of about the usual size, none larger than `most`. */
export function unitsOf({ kind, text }: Piece, sizes: Sizes): string[] {
  const whole = kind === 'paragraph' ? sizes.usual : sizes.most;
  if (text.length <= whole) return [text];
  return split(text, cuts[kind], sizes)
    .map((part) => part.trimEnd().replace(/^\s*\n/, ''))
    .filter((part) => part !== '');
}

/** Cuts a text where the first pattern says, and what is still too large where the next ones say. */
function split(text: string, [cut, ...finer]: readonly RegExp[], sizes: Sizes): string[] {
  if (cut === undefined) return hardCut(text, sizes.usual);
  const parts: string[] = [];
  let open = '';
  for (const unit of cutAfter(text, cut)) {
    if (open !== '' && open.length + unit.length > sizes.usual) {
      parts.push(open);
      open = '';
    }
    if (unit.length <= sizes.most) open += unit;
    else parts.push(...split(unit, finer, sizes));
  }
  if (open !== '') parts.push(open);
  return parts;
}

/** The text in units that end with what the pattern finds; joined again they are the text. */
function cutAfter(text: string, pattern: RegExp): string[] {
  const units: string[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const to = match.index + match[0].length;
    if (to > from) units.push(text.slice(from, to));
    from = to;
  }
  if (from < text.length) units.push(text.slice(from));
  return units;
}

/** In the middle of a word, but not of a character. */
function hardCut(text: string, size: number): string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + size, text.length);
    if (to < text.length && /[\udc00-\udfff]/.test(text[to] as string)) to -= 1;
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts;
}
