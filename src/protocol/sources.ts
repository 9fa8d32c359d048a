import { z } from 'zod';
import { limits } from '../domain/limits.ts';
import { sourceSchema } from '../domain/source.ts';
import { line, titleSchema } from '../domain/text.ts';

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
export type PassageResult = z.infer<typeof passageResult>;
export type Passage = z.infer<typeof passageSchema>;
