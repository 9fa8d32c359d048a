import { z } from 'zod';
import { type Actor, actorSchema } from './actor.ts';
import { factSchema } from './fact.ts';
import { limits } from './limits.ts';
import { edgeDeltaSchema, memorySchema, standingSchema } from './relationships.ts';
import { taskSchema } from './task.ts';
import { cutTo } from './text.ts';

/** What one message changed between two, and where that message stands. */
const edgeChangeSchema = z.object({
  cause: z.string(),
  place: standingSchema,
  from: z.string(),
  to: z.string(),
  delta: edgeDeltaSchema,
});
export type EdgeChange = z.infer<typeof edgeChangeSchema>;

/** Who first added something and, once it is written, when and as which event. */
const first = z.object({
  by: actorSchema,
  at: z.string().optional(),
  place: z.int().positive().optional(),
});

/** What is known or asked because of a message: a fact, a task (or another wording of one), the answer to a task. */
const knownSchemas = [
  z.object({
    kind: z.literal('fact'),
    cause: z.string(),
    fact: factSchema.pick({ factId: true, text: true, summary: true, status: true, source: true }),
    first,
  }),
  z.object({
    kind: z.literal('task'),
    cause: z.string(),
    task: taskSchema.pick({ taskId: true, kind: true, text: true }),
    /** How it was worded before. */
    before: z.string().optional(),
    first,
  }),
  z.object({
    kind: z.literal('answer'),
    cause: z.string(),
    taskId: z.string(),
    answer: z.string(),
    by: actorSchema,
  }),
] as const;
export const knownConsequenceSchema = z.discriminatedUnion('kind', knownSchemas);
export type KnownConsequence = z.infer<typeof knownConsequenceSchema>;

/** What a command makes follow from a message; where that one stands is found when it is written. */
export const newConsequenceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('memory'), memory: memorySchema.omit({ place: true }) }),
  z.object({ kind: z.literal('edge'), change: edgeChangeSchema.omit({ place: true }) }),
  ...knownSchemas,
]);
export type NewConsequence = z.infer<typeof newConsequenceSchema>;

/** What bots remember, and how those in a room see each other. */
export type Feeling =
  | { kind: 'memory'; memory: z.infer<typeof memorySchema> }
  | { kind: 'edge'; change: EdgeChange };

/** Something that follows from a message. It holds as long as that message stands on the timeline. */
export type Consequence = Feeling | KnownConsequence;

export function causeOf(one: Consequence | NewConsequence): string {
  switch (one.kind) {
    case 'memory':
      return one.memory.cause;
    case 'edge':
      return one.change.cause;
    default:
      return one.cause;
  }
}

/** Names a memory of a message: each witness has one. */
export const memoryIdFor = (messageId: string, witnessId: string): string => `${messageId}-${witnessId}`;

/** A message that replies to a task answers it, as long as it stands. */
export function answerTo(taskId: string, cause: string, text: string, by: Actor): NewConsequence {
  return { kind: 'answer', cause, taskId, answer: cutTo(limits.taskAnswer, text.trim()), by };
}
