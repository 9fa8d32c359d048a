import { z } from 'zod';
import { actorSchema } from './actor.ts';
import { blockSchema, documentSchema, emptyDocument } from './document/document.ts';
import { jsonObject } from './json.ts';

/** A block that stands on nothing any more, and the place it comes back to when something it rests on does. */
export const asideSchema = z.object({
  block: blockSchema,
  sectionId: z.string(),
  /** The block before it, in the document or aside; null: it was the first. */
  after: z.string().nullable(),
});
export type Aside = z.infer<typeof asideSchema>;

/** What a batch of operations came to: each is told once, without its text; those skipped with a `reason`. */
const toldOperation = jsonObject(4_000);

export const revisionSchema = z.object({
  revision: z.int().positive(),
  applied: z.array(toldOperation),
  skipped: z.array(toldOperation),
  document: documentSchema,
  aside: z.array(asideSchema).optional(),
  /** The room's state version that a refresh took in. */
  basedOn: z.int().nonnegative().optional(),
  reason: z.enum(['edit', 'refresh', 'withdrawn', 'returned']).optional(),
});

/** The room's brief; revision 0 is the empty one it begins with. */
export const briefSchema = z.object({
  revision: z.int().nonnegative(),
  document: documentSchema,
  aside: z.array(asideSchema),
  /** The state version that the last refresh took in. */
  basedOn: z.int().nonnegative(),
  /** Who changed it last, and when. */
  changed: z.object({ by: actorSchema, at: z.string() }).optional(),
  /** The last refresh: what it did, and the document before it. */
  refreshed: z
    .object({
      revision: z.int().positive(),
      at: z.string(),
      applied: z.array(toldOperation),
      skipped: z.array(toldOperation),
      before: documentSchema,
    })
    .optional(),
});
export type Brief = z.infer<typeof briefSchema>;

export const emptyBrief: Brief = {
  revision: 0,
  document: emptyDocument,
  aside: [],
  basedOn: 0,
};
