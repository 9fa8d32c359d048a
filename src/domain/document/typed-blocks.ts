import { z } from 'zod';
import { linesOf } from './lines.ts';

/** A block as it was before blocks were Markdown. */
export const typedBlockSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('paragraph'), text: z.string() }),
  z.object({ type: z.literal('bullet_list'), items: z.array(z.string()) }),
  z.object({ type: z.literal('ordered_list'), items: z.array(z.string()) }),
  z.object({ type: z.literal('code'), language: z.string().nullish(), text: z.string() }),
]);
export type TypedBlock = z.infer<typeof typedBlockSchema>;

/** What a typed block says, in Markdown; blank when it says nothing. */
export function markdownOf(block: TypedBlock): string {
  switch (block.type) {
    case 'paragraph':
      return block.text;
    case 'bullet_list':
      return listOf(block.items, () => '- ');
    case 'ordered_list':
      return listOf(block.items, (index) => `${index + 1}. `);
    case 'code':
      return block.text.trim() === '' ? '' : fenced(block.text, block.language ?? '');
  }
}

function listOf(items: readonly string[], markerAt: (index: number) => string): string {
  return items
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map((item, index) => {
      const marker = markerAt(index);
      return marker + linesOf(item).join(`\n${' '.repeat(marker.length)}`);
    })
    .join('\n');
}

/** In a fence longer than any in it. */
function fenced(text: string, language: string): string {
  const marks = [...text.matchAll(/`{3,}/g)].map(([mark]) => mark.length);
  const fence = '`'.repeat(Math.max(2, ...marks) + 1);
  const info = language.replace(/[`\s]+/g, ' ').trim();
  return `${fence}${info}\n${text.replace(/\r\n?/g, '\n').replace(/\n$/, '')}\n${fence}`;
}
