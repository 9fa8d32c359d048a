import { storableText } from '../text.ts';
import { settledText } from './block-text.ts';
import { type Document, usualLevel } from './document.ts';
import { blockIdOf, preambleId, slug, TakenIds } from './ids.ts';
import { readLines } from './lines.ts';

/** A section before it and its blocks have ids. */
export type MarkdownPart = { heading: string; level: number; texts: string[] };

/**
 * A Markdown text as a document: a section for each heading, a block for what stands between blank lines. A fence is not cut,
 * nor a list item from what is indented under it. Every line that is not blank is in it; CR LF is a line feed.
 */
export function splitMarkdown(text: string): Document {
  const sectionIds = new TakenIds();
  const blockIds = new TakenIds();
  const sections = markdownParts(storableText(text)).map(({ heading, level, texts }) => ({
    id: sectionIds.take(heading === '' ? preambleId : slug(heading)),
    heading,
    level,
    blocks: texts.map((text) => ({ id: blockIds.take(blockIdOf(text)), text })),
  }));
  return { version: 2, sections };
}

/** The sections of a Markdown text, each with the texts of its blocks. */
export function markdownParts(text: string): MarkdownPart[] {
  let part: MarkdownPart = { heading: '', level: usualLevel, texts: [] };
  const parts = [part];
  let gathered: string[] = [];
  let blanks = 0;

  const endBlock = () => {
    const settled = settledText(gathered.join('\n'));
    if (settled !== '') part.texts.push(settled);
    gathered = [];
  };
  for (const line of readLines(text).lines) {
    if (line.kind === 'blank') {
      blanks += 1;
      continue;
    }
    if (line.kind === 'heading') {
      endBlock();
      part = { heading: line.heading, level: line.level, texts: [] };
      parts.push(part);
    } else {
      if (blanks > 0 && !line.continues) endBlock();
      else for (; blanks > 0; blanks -= 1) gathered.push('');
      gathered.push(line.text);
    }
    blanks = 0;
  }
  endBlock();
  return parts.filter(({ heading, texts }) => heading !== '' || texts.length > 0);
}
