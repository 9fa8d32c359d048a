import { storableText } from '../text.ts';

/**
 * The lines of a Markdown text as far as headings and blocks go. A line in a fence is `code`, its blank ones too. A line that
 * `continues` is indented so far that it belongs to the list item before it.
 */
export type MarkdownLine =
  | { kind: 'heading'; text: string; level: number; heading: string }
  | { kind: 'blank' }
  | { kind: 'text' | 'code'; text: string; continues: boolean };

/** A fence that is open: what closes it, and how far that may be indented. */
type Fence = { mark: string; indent: number };

export function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

/**
 * Reads lines as CommonMark does, with two differences: a fence in a list item ends by its closing line alone, since models
 * indent what is in it carelessly, and HTML is text. What a line is depends on the open fence and list item and nothing else.
 */
export function readLines(text: string): { lines: MarkdownLine[]; unclosed?: string } {
  let fence: Fence | undefined;
  /** Columns that a line must be indented by to belong to the open list item; Infinity when none is open. */
  let item = Number.POSITIVE_INFINITY;

  const read = (line: string): MarkdownLine => {
    if (fence !== undefined) {
      if (closes(fence, line)) fence = undefined;
      return { kind: 'code', text: line, continues: false };
    }
    if (line.trim() === '') return { kind: 'blank' };
    const indent = indentOf(line);
    const continues = indent >= item;
    const heading = continues ? undefined : headingIn(line);
    if (!continues) item = Number.POSITIVE_INFINITY;
    if (heading !== undefined) return { kind: 'heading', text: line, ...heading };
    const marker = markerOf(line);
    if (marker > 0 && !continues) item = marker;
    fence = fenceIn(line.slice(marker), marker);
    return { kind: fence === undefined ? 'text' : 'code', text: line, continues };
  };

  const lines = linesOf(text).map(read);
  return fence === undefined ? { lines } : { lines, unclosed: closingOf(fence) };
}

/** Columns before the first character; a tab reaches as far as any rule here looks. */
function indentOf(line: string): number {
  const spaces = line.length - line.replace(/^ +/, '').length;
  return line[spaces] === '\t' ? Math.max(spaces, 4) : spaces;
}

/** Where the text of a list item begins that this line opens; 0 when it opens none. */
function markerOf(line: string): number {
  if (/^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/.test(line)) return 0;
  const [marker] = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?=[ \t])/.exec(line) ?? [];
  if (marker === undefined || line.slice(marker.length).trim() === '') return 0;
  const spaces = indentOf(line.slice(marker.length));
  return marker.length + (spaces <= 4 ? Math.max(spaces, 1) : 1);
}

/** The fence that opens at the start of this text, which may be indented by up to three spaces. */
function fenceIn(text: string, before: number): Fence | undefined {
  const [, spaces = '', mark, info = ''] = /^( {0,3})(`{3,}|~{3,})(.*)$/s.exec(text) ?? [];
  if (mark === undefined || (mark.startsWith('`') && info.includes('`'))) return undefined;
  return { mark, indent: before + spaces.length };
}

function closes({ mark, indent }: Fence, line: string): boolean {
  const end = line.trim();
  if (end.length < mark.length || indentOf(line) > indent + 3) return false;
  return end === (mark[0] as string).repeat(end.length);
}

function closingOf({ mark, indent }: Fence): string {
  return ' '.repeat(indent) + mark;
}

/** The ATX heading of a line. One without words is text: a section with an empty heading is the preamble. */
function headingIn(line: string): { level: number; heading: string } | undefined {
  const [opening, marks = ''] = /^ {0,3}(#{1,6})(?=[ \t]|$)/.exec(line) ?? [];
  if (opening === undefined) return undefined;
  const words = line.slice(opening.length).trim();
  const heading = settledHeading(words.slice(0, closingSequenceOf(words)));
  return heading === '' ? undefined : { level: marks.length, heading };
}

/** Where the number signs begin that end a heading and are not part of it; its length when there are none. */
function closingSequenceOf(words: string): number {
  let end = words.length;
  while (words[end - 1] === '#') end -= 1;
  return end === 0 || /[ \t]/.test(words[end - 1] as string) ? end : words.length;
}

/** A heading as one line that means itself: number signs at its end would be taken for a closing sequence. */
export function settledHeading(heading: string): string {
  const line = storableText(heading)
    .replace(/[\r\n]+/g, ' ')
    .trim();
  const end = closingSequenceOf(line);
  return end < line.length ? `${line.slice(0, end)}\\${line.slice(end)}` : line;
}
