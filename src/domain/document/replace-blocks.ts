import type { Block, Document, Section } from './document.ts';
import { isRefusal, type Refusal } from './find.ts';
import { TakenIds } from './ids.ts';
import { contentsOf, newBlock, revisedBlock } from './new-block.ts';
import type { NewBlock } from './operations.ts';
import { withBlocks } from './within-limits.ts';

/** Gives a section other blocks. Those whose text is among the new ones stay what they are, wherever they stand then. */
export function replaceBlocks(
  document: Document,
  section: Section,
  given: readonly NewBlock[],
): { document: Document } | Refusal {
  const contents = contentsOf(given);
  if (isRefusal(contents)) return contents;
  const left = Map.groupBy(section.blocks, ({ text }) => text);
  const kept = contents.map((content) => {
    const block = left.get(content.text)?.shift();
    return block && revisedBlock(block, content);
  });
  const taken = new TakenIds([
    ...document.sections.flatMap((one) => (one === section ? [] : one.blocks.map(({ id }) => id))),
    ...kept.flatMap((block) => block?.id ?? []),
  ]);
  const blocks: Block[] = contents.map((content, index) => kept[index] ?? newBlock(content, taken));
  const isUnchanged =
    blocks.length === section.blocks.length &&
    blocks.every((block, index) => block === section.blocks[index]);
  return isUnchanged ? { reason: 'section blocks are unchanged' } : withBlocks(document, section, blocks);
}
