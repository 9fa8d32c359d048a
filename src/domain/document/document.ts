import { z } from 'zod';

/** A verbatim piece of markdown; `rests` names the facts and messages it rests on, `gone` those of them withdrawn since. */
export const blockSchema = z.object({
  id: z.string(),
  text: z.string(),
  rests: z.array(z.string()).optional(),
  gone: z.array(z.string()).optional(),
});
export type Block = z.infer<typeof blockSchema>;

export const sectionSchema = z.object({
  id: z.string(),
  /** Empty for what comes before the first heading. */
  heading: z.string(),
  level: z.int().min(1).max(6),
  blocks: z.array(blockSchema),
});
export type Section = z.infer<typeof sectionSchema>;

export const documentSchema = z.object({ version: z.literal(2), sections: z.array(sectionSchema) });
export type Document = z.infer<typeof documentSchema>;
