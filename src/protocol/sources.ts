import { z } from 'zod';

/** A passage of the library as it can be read. */
export const passageSchema = z.object({
  sourceId: z.string(),
  chunkId: z.string(),
  title: z.string(),
  heading: z.string(),
  anchor: z.string(),
  text: z.string(),
  /** For transcripts: seconds. */
  start: z.number().optional(),
  end: z.number().optional(),
});
export type Passage = z.infer<typeof passageSchema>;

/** `GET /api/rooms/:id/sources/:sourceId/passages/:chunkId`: the passage between its neighbours, in their order. */
export const passageResult = z.object({
  passage: passageSchema,
  before: z.array(passageSchema),
  after: z.array(passageSchema),
});
export type PassageResult = z.infer<typeof passageResult>;

/** What a file in the library may weigh. */
export const mostSourceBytes = 20 * 1024 * 1024;
