import { limits } from '../limits.ts';
import { settledText } from './block-text.ts';
import { type Block, isSameList } from './document.ts';
import { isRefusal, type Refusal } from './find.ts';
import { blockIdOf, type TakenIds } from './ids.ts';
import type { NewBlock } from './operations.ts';

/** What a block says and rests on, before it has an id. */
export type BlockContent = Omit<Block, 'id' | 'gone'>;

/** What an operation brings, as it will stand in the document. */
export function contentOf({ text, rests_on = [] }: NewBlock): BlockContent | Refusal {
  const settled = text.length > limits.blockText ? text : settledText(text);
  if (settled.trim() === '') return { reason: 'block text is empty' };
  if (settled.length > limits.blockText) {
    return { reason: `block text is too long: ${settled.length} > ${limits.blockText}` };
  }
  return { text: settled, ...(rests_on.length > 0 ? { rests: [...new Set(rests_on)] } : {}) };
}

/** All of them, or why the first that does not fit does not. */
export function contentsOf(blocks: readonly NewBlock[]): BlockContent[] | Refusal {
  const contents: BlockContent[] = [];
  for (const block of blocks) {
    const content = contentOf(block);
    if (isRefusal(content)) return content;
    contents.push(content);
  }
  return contents;
}

export function newBlock(content: BlockContent, taken: TakenIds): Block {
  return { id: taken.take(blockIdOf(content.text)), ...content };
}

/**
 * A block with other content under its id. What it rested on goes with its text: the new text rests on what is given with it.
 * The same text without a list is no change, so that saying it again does not forget what it rests on.
 */
export function revisedBlock(block: Block, content: BlockContent): Block {
  const { text, rests } = content;
  if (text === block.text && (rests === undefined || isSameList(rests, block.rests))) return block;
  return { id: block.id, ...content };
}
