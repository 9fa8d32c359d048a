import { z } from 'zod';
import { limits } from '../domain/limits.ts';
import { sourceSchema } from '../domain/source.ts';
import { idSchema, line, titleSchema } from '../domain/text.ts';

/** A field of a form that was left empty says nothing. */
const optional = (field: z.ZodType<string>) =>
  z.preprocess((text) => (text === '' ? undefined : text), field.optional());

/** What may be told of a file that is brought into a library, beside it in the form. */
export const newSourceForm = z.object({
  title: optional(titleSchema),
  author: optional(line(limits.sourceAuthor)),
  category: optional(line(limits.sourceCategory)),
});
export type NewSourceForm = z.infer<typeof newSourceForm>;

export const sourceResult = z.object({ ok: z.literal(true), source: sourceSchema });
export const sourcesResult = z.object({ ok: z.literal(true), sources: z.array(sourceSchema) });

/** A passage of a source. `start` and `end` are milliseconds in a recording. */
export const passageSchema = z.object({
  sourceId: z.string(),
  chunkId: z.string(),
  /** Its place in the source, from 0. */
  ordinal: z.int().nonnegative(),
  /** Of the source. */
  title: z.string(),
  heading: z.string(),
  anchor: z.string(),
  author: z.string().optional(),
  category: z.string().optional(),
  text: z.string(),
  start: z.int().nonnegative().optional(),
  end: z.int().nonnegative().optional(),
});

/** A passage with those right before and after it in its source. */
export const passageResult = z.object({
  ok: z.literal(true),
  passage: passageSchema,
  before: z.array(passageSchema),
  after: z.array(passageSchema),
});
/**
 * What of a source is wanted: its passages from the `from`th on, or from a little before the one that `around` names.
 * At most `limit` of them.
 */
export const sourceQuery = z.object({
  from: z.coerce.number().int().min(0).max(limits.sourceChunks).default(0),
  around: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(40),
});

/** A source and a run of its passages in order; `source.chunks` tells how many it has in all. */
export const sourceReadResult = z.object({
  ok: z.literal(true),
  source: sourceSchema,
  passages: z.array(passageSchema),
});
export type SourceReadResult = z.infer<typeof sourceReadResult>;
export type PassageResult = z.infer<typeof passageResult>;
export type Passage = z.infer<typeof passageSchema>;
