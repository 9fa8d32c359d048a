import type { Block, Document, Section } from './document.ts';

/** Why an operation is skipped. */
export type Refusal = { reason: string };

export function isRefusal(value: object): value is Refusal {
  return 'reason' in value;
}

export function findSection({ sections }: Document, sectionId: string): Section | Refusal {
  return sections.find(({ id }) => id === sectionId) ?? { reason: `unknown section_id: ${sectionId}` };
}

/** Where a block stands in its section. One that stands in another is not meant: the place and the name disagree. */
export function findBlock(
  document: Document,
  section: Section,
  blockId: string,
): { block: Block; index: number } | Refusal {
  const index = section.blocks.findIndex(({ id }) => id === blockId);
  const block = section.blocks[index];
  if (block !== undefined) return { block, index };
  const other = document.sections.find(({ blocks }) => blocks.some(({ id }) => id === blockId));
  if (other === undefined) return { reason: `unknown block_id: ${blockId}` };
  return { reason: `block_id ${blockId} belongs to section ${other.id}, not ${section.id}` };
}
