import { z } from 'zod';

/**
 * A fragment of Markdown, kept as it was written. `rests` are the ids of the facts and messages it rests on, `gone` those of
 * them that have been withdrawn since.
 */
export const blockSchema = z.object({
  id: z.string(),
  text: z.string(),
  rests: z.array(z.string()).optional(),
  gone: z.array(z.string()).optional(),
});
export type Block = z.infer<typeof blockSchema>;

/** What stands under a heading. The one with an empty heading is the preamble: it stands before any heading. */
export const sectionSchema = z.object({
  id: z.string(),
  heading: z.string(),
  level: z.int().min(1).max(6),
  blocks: z.array(blockSchema),
});
export type Section = z.infer<typeof sectionSchema>;

export const documentSchema = z.object({ version: z.literal(2), sections: z.array(sectionSchema) });
export type Document = z.infer<typeof documentSchema>;

export const emptyDocument: Document = { version: 2, sections: [] };

/** The level of a section that names none, and of the preamble. */
export const usualLevel = 2;

export function isSameBlock(a: Block, b: Block): boolean {
  return (
    a === b ||
    (a.id === b.id && a.text === b.text && isSameList(a.rests, b.rests) && isSameList(a.gone, b.gone))
  );
}

export function isSameSection(a: Section, b: Section): boolean {
  if (a === b) return true;
  return (
    a.id === b.id &&
    a.heading === b.heading &&
    a.level === b.level &&
    a.blocks.length === b.blocks.length &&
    a.blocks.every((block, index) => isSameBlock(block, b.blocks[index] as Block))
  );
}

/** No list and an empty one say the same. */
export function isSameList(a: readonly string[] = [], b: readonly string[] = []): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}
