import { settledText } from './block-text.ts';
import type { Document, Section } from './document.ts';
import { settledHeading } from './lines.ts';

/** A document as Markdown: its headings and blocks with a blank line between them. Split again and rendered, it is the same. */
export function renderMarkdown({ sections }: Document): string {
  const parts = sections.flatMap(renderSection);
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`;
}

function renderSection({ heading, level, blocks }: Section): string[] {
  const line = settledHeading(heading);
  const texts = blocks.map(({ text }) => settledText(text)).filter((text) => text !== '');
  return line === '' ? texts : [`${'#'.repeat(level)} ${line}`, ...texts];
}
