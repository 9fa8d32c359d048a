import { z } from 'zod';
import { actorSchema } from './actor.ts';

export const factStatuses = ['suspected', 'confirmed', 'ruled_out'] as const;
export const factStatusSchema = z.enum(factStatuses);
export type FactStatus = z.infer<typeof factStatusSchema>;

/** Where a fact comes from; `ref` is the task it was promoted from, and null for notes and what a model put together. */
export const factSourceSchema = z.union([
  z.object({ type: z.enum(['question', 'diagnostic_check']), ref: z.string() }),
  z.object({ type: z.enum(['user_note', 'ai_synthesis']), ref: z.null() }),
]);
export type FactSource = z.infer<typeof factSourceSchema>;

/** Something known in a room. `summary` says in a few words where from; `stateVersion` is the room's as of its last change. */
export const factSchema = z.object({
  factId: z.string(),
  text: z.string(),
  summary: z.string(),
  status: factStatusSchema,
  source: factSourceSchema,
  stateVersion: z.int().positive(),
  /** The message it follows from, as long as nobody has made it their own. */
  cause: z.string().optional(),
  by: actorSchema,
  at: z.string(),
  /** The event that added it: facts are listed in this order. */
  place: z.int().positive(),
  edited: z.object({ by: actorSchema, at: z.string() }).optional(),
});
export type Fact = z.infer<typeof factSchema>;

/** Facts from a question or a check are changed by changing that. */
export function isEditable({ source }: Pick<Fact, 'source'>): boolean {
  return source.ref === null;
}
