import { z } from 'zod';

/** Where something stands on the timeline: the place of the message it follows from, and that place’s first message. */
export const standingSchema = z.object({ seq: z.int().positive(), slot: z.string() });
export type Standing = z.infer<typeof standingSchema>;

/** Orders by place, and in one place by what stood there first. */
export function comparePlaces(a: Standing, b: Standing): number {
  return a.seq - b.seq || (a.slot < b.slot ? -1 : a.slot > b.slot ? 1 : 0);
}

/** What a bot keeps of an exchange, in its own voice; `significance` 1–10. */
export const memorySchema = z.object({
  memoryId: z.string(),
  witnessId: z.string(),
  text: z.string(),
  significance: z.int().min(1).max(10),
  /** The message it follows from. */
  cause: z.string(),
  place: standingSchema,
});
export type Memory = z.infer<typeof memorySchema>;

/** What one message changed in how `from` sees `to`: steps of affinity and trust, what was learned, and how it stands since. */
export const edgeDeltaSchema = z.object({
  affinity: z.int(),
  trust: z.int(),
  knowledge: z.array(z.string()),
  summary: z.string().optional(),
});
export type EdgeDelta = z.infer<typeof edgeDeltaSchema>;

/** How somebody sees another: affinity and trust 0–100, from 50; what they know; the whole in a sentence. */
export const edgeValueSchema = z.object({
  affinity: z.int().min(0).max(100),
  trust: z.int().min(0).max(100),
  knowledge: z.array(z.string()),
  summary: z.string(),
});
export type EdgeValue = z.infer<typeof edgeValueSchema>;

/** A directed relationship, with what its value is made of: the unbounded sums of all changes that stand, and their number. */
export const edgeSchema = edgeValueSchema.extend({
  from: z.string(),
  to: z.string(),
  sum: z.object({ affinity: z.int(), trust: z.int() }),
  changes: z.int().positive(),
});
export type Edge = z.infer<typeof edgeSchema>;
