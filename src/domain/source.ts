import { z } from 'zod';
import { actorSchema } from './actor.ts';

/** What kinds of files a room's library reads. */
export const sourceFormats = ['md', 'txt', 'html', 'pdf', 'vtt', 'srt'] as const;
export type SourceFormat = (typeof sourceFormats)[number];

/** A file in a room's library: what is told of it. Its passages are looked up. */
export const sourceSchema = z.object({
  sourceId: z.string(),
  title: z.string(),
  /** How many passages it was split into. */
  chunks: z.int().nonnegative(),
  /** Of the formats known today, or one of a later version. */
  format: z.string().optional(),
  author: z.string().optional(),
  /** What the people of the room sort it under. */
  category: z.string().optional(),
  /** The size of the file. */
  bytes: z.int().nonnegative().optional(),
  by: actorSchema,
  at: z.string(),
});
export type Source = z.infer<typeof sourceSchema>;
