import { z } from 'zod';
import { limits } from '../limits.ts';
import { idSchema, line } from '../text.ts';
import { usualLevel } from './document.ts';

/** What a section or block is called in an operation: any id that a document may have given it. */
export const reference = z
  .string()
  .min(1)
  .max(limits.documentHeading + 8);

const sectionId = reference.describe('id of the section');
const blockId = reference.describe('id of a block of that section');
const text = z.string().describe('Markdown without headings');
const restsOn = z
  .array(idSchema)
  .max(limits.blockRests)
  .optional()
  .describe('ids of the facts and messages that the text rests on');
const blocks = z.array(z.object({ text, rests_on: restsOn })).max(limits.documentBlocks);
const heading = line(limits.documentHeading);
const level = z.int().min(1).max(6).default(usualLevel);

/**
 * The operations by which a document changes, the one definition of them: what comes in is checked against it, and prompts
 * describe it (`describe-operations.ts`).
 */
export const operationSchemas = {
  append_block: z
    .object({ op: z.literal('append_block'), section_id: sectionId, text, rests_on: restsOn })
    .describe('adds a block at the end of a section'),
  insert_block: z
    .object({
      op: z.literal('insert_block'),
      section_id: sectionId,
      after_block_id: reference
        .nullable()
        .describe('id of the block it comes after, or null for the first place'),
      text,
      rests_on: restsOn,
    })
    .describe('adds a block in the middle of a section'),
  replace_block: z
    .object({
      op: z.literal('replace_block'),
      section_id: sectionId,
      block_id: blockId,
      text,
      rests_on: restsOn,
    })
    .describe('gives a block another text; it keeps its id and rests on the new list alone'),
  remove_block: z
    .object({ op: z.literal('remove_block'), section_id: sectionId, block_id: blockId })
    .describe('takes a block away'),
  add_section: z
    .object({
      op: z.literal('add_section'),
      heading: heading.describe('its heading, without number signs'),
      level: level.describe('level of the heading'),
      blocks: blocks.default([]).describe('its first blocks'),
      after_section_id: reference
        .optional()
        .describe('id of the section it comes after; without it, it comes last'),
      new_id: idSchema.optional().describe('an id for it, to name it by in the operations that follow'),
    })
    .describe('adds a section'),
  remove_section: z
    .object({ op: z.literal('remove_section'), section_id: sectionId })
    .describe('takes a section away with all its blocks'),
  replace_section_blocks: z
    .object({
      op: z.literal('replace_section_blocks'),
      section_id: sectionId,
      blocks: blocks.describe('all blocks it has from now on'),
    })
    .describe('gives a section other blocks; those with the same text stay what they are'),
  rename_section: z
    .object({
      op: z.literal('rename_section'),
      section_id: sectionId,
      new_heading: heading.describe('its new heading, without number signs'),
    })
    .describe('gives a section another heading; it keeps its id'),
} as const;

export type OperationName = keyof typeof operationSchemas;
export type Operation = { [Name in OperationName]: z.infer<(typeof operationSchemas)[Name]> }[OperationName];
export type NewBlock = z.infer<typeof blocks>[number];
