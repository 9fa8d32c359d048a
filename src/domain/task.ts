import { z } from 'zod';
import { actorSchema } from './actor.ts';

export const taskKinds = ['question', 'check'] as const;
export const taskKindSchema = z.enum(taskKinds);
export type TaskKind = z.infer<typeof taskKindSchema>;

/** A question to somebody, or a check to be made. Its id stays, however it is worded. */
export const taskSchema = z.object({
  taskId: z.string(),
  kind: taskKindSchema,
  text: z.string(),
  status: z.enum(['open', 'answered', 'dismissed']),
  answer: z.string().optional(),
  answered: z.object({ by: actorSchema, at: z.string(), messageId: z.string().optional() }).optional(),
  /** The message it follows from, as long as nobody has answered it. */
  cause: z.string().optional(),
  by: actorSchema,
  at: z.string(),
  /** The event that added it: tasks are listed in this order. */
  place: z.int().positive(),
});
export type Task = z.infer<typeof taskSchema>;

/** What a text says, for telling whether two ask the same. */
export function sameQuestion(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
