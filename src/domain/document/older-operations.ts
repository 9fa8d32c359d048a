import { z } from 'zod';
import { limits } from '../limits.ts';
import type { Document, Section } from './document.ts';
import { findSection, isRefusal, type Refusal } from './find.ts';
import { type Operation, operationSchemas, reference } from './operations.ts';
import { markdownOf, typedBlockSchema } from './typed-blocks.ts';

const place = { section_id: reference, index: z.int().nonnegative() };
const blocks = z.array(typedBlockSchema).max(limits.documentBlocks);

/** The operations as they were before blocks were Markdown with ids: blocks have a type, and are named by their place. */
export const olderOperationSchemas = {
  append_block: z.object({
    op: z.literal('append_block'),
    section_id: reference,
    block: typedBlockSchema,
  }),
  insert_block: z.object({ op: z.literal('insert_block'), ...place, block: typedBlockSchema }),
  replace_block: z.object({ op: z.literal('replace_block'), ...place, block: typedBlockSchema }),
  remove_block: z.object({ op: z.literal('remove_block'), ...place }),
  add_section: operationSchemas.add_section.extend({ blocks }),
  replace_section_blocks: operationSchemas.replace_section_blocks.extend({ blocks }),
} as const;

export type OlderName = keyof typeof olderOperationSchemas;
export type OlderOperation = {
  [Name in OlderName]: z.infer<(typeof olderOperationSchemas)[Name]>;
}[OlderName];

/** The same operation on this document as it is written now. */
export function translated(document: Document, operation: OlderOperation): Operation | Refusal {
  switch (operation.op) {
    case 'append_block': {
      const { op, section_id, block } = operation;
      return { op, section_id, text: markdownOf(block) };
    }
    case 'add_section':
    case 'replace_section_blocks':
      return { ...operation, blocks: operation.blocks.map((block) => ({ text: markdownOf(block) })) };
    case 'insert_block':
    case 'replace_block':
    case 'remove_block': {
      const section = findSection(document, operation.section_id);
      return isRefusal(section) ? section : byId(section, operation);
    }
  }
}

function byId(section: Section, operation: Extract<OlderOperation, { index: number }>): Operation | Refusal {
  const { section_id, index } = operation;
  const { length } = section.blocks;
  if (operation.op === 'insert_block') {
    if (index > length) return { reason: `index out of range: ${index} > ${length}` };
    const after_block_id = section.blocks[index - 1]?.id ?? null;
    return { op: operation.op, section_id, after_block_id, text: markdownOf(operation.block) };
  }
  const block = section.blocks[index];
  if (block === undefined) return { reason: `index out of range: ${index} >= ${length}` };
  if (operation.op === 'remove_block') return { op: operation.op, section_id, block_id: block.id };
  return { op: operation.op, section_id, block_id: block.id, text: markdownOf(operation.block) };
}
