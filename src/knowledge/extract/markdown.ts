import { markdownParts } from '../../domain/document/split-markdown.ts';
import type { Extracted, PieceKind } from './extracted.ts';
import { Sections } from './sections.ts';

/** Text with Markdown's headings, fences, lists and tables, which stay as they are written. */
export function extractMarkdown(text: string): Extracted {
  const sections = new Sections();
  let title: string | undefined;
  for (const { heading, level, texts } of markdownParts(text)) {
    sections.heading(heading);
    if (level === 1 && heading !== '') title ??= heading;
    for (const block of texts) sections.add({ kind: kindOf(block), text: block });
  }
  return { format: 'md', title, sections: sections.all() };
}

function kindOf(block: string): PieceKind {
  if (/^ {0,3}(```|~~~)/.test(block)) return 'code';
  if (/^ {0,3}([-*+]|\d{1,9}[.)])[ \t]/.test(block)) return 'list';
  if (/^[^\n]*\|[^\n]*\n *\|?[ :|-]*-[ :|-]*(\n|$)/.test(block)) return 'table';
  return 'paragraph';
}

/** Text without any markup: paragraphs between blank lines. */
export function extractText(text: string): Extracted {
  const sections = new Sections();
  for (const paragraph of text.split(/(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)/)) {
    sections.add({ kind: 'paragraph', text: paragraph.replace(/\r\n|\r/g, '\n') });
  }
  return { format: 'txt', sections: sections.all() };
}
