import { storableText } from '../text.ts';
import { readLines } from './lines.ts';

/**
 * The text of a block so that it stays one, whatever stands before and after it. A line in it that would be a heading, and
 * make a section of what follows, gets a backslash before its number signs: nothing of it is lost, and nobody mistakes
 * `# systemctl restart` for a heading. A fence that was left open is closed. Blank lines at the ends go, and of several
 * between paragraphs one is left. Done when text comes in and, for documents from elsewhere, when it is rendered; doing it
 * twice changes nothing.
 */
export function settledText(text: string): string {
  const { lines, unclosed } = readLines(withoutBlankEnds(storableText(text)));
  const settled: string[] = [];
  let blanks = 0;
  for (const line of lines) {
    if (line.kind === 'blank') {
      blanks += 1;
      continue;
    }
    if (blanks > 0) settled.push((settled.pop() ?? '').trimEnd());
    const isItem = line.kind !== 'heading' && line.continues;
    for (let left = isItem ? blanks : Math.min(blanks, 1); left > 0; left -= 1) settled.push('');
    settled.push(line.kind === 'heading' ? line.text.replace('#', '\\#') : line.text);
    blanks = 0;
  }
  if (unclosed !== undefined) settled.push(unclosed);
  return settled.join('\n');
}

/** Keeps the indentation of the first line: four spaces are code. */
function withoutBlankEnds(text: string): string {
  const start = text.length - text.trimStart().length;
  const firstLine = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
  return text.slice(start === 0 ? 0 : firstLine).trimEnd();
}
