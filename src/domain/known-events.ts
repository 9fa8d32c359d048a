import { z } from 'zod';
import { type Actor, actorSchema } from './actor.ts';
import { asideSchema } from './brief.ts';
import { type Block, documentSchema } from './document/document.ts';
import type { NewEvent } from './event.ts';
import { factSchema } from './fact.ts';
import { toldFact } from './facts.ts';
import { type Task, taskSchema } from './task.ts';
import { toldTask } from './tasks.ts';

/** Other words that a message gave a task. */
const wordingSchema = z.object({
  taskId: z.string(),
  cause: z.string(),
  text: z.string(),
  before: z.string(),
  by: actorSchema,
});
export type Wording = z.infer<typeof wordingSchema>;

/** What a room knows and wants to know, as another room takes it over. */
export const knownSchema = z.object({
  facts: z.array(factSchema).default([]),
  tasks: z.array(taskSchema).default([]),
  /** Those of one task in the order in which they came. */
  wordings: z.array(wordingSchema).default([]),
  /** `isCurrent`: whether its last refresh took in all that is known. */
  brief: z
    .object({ document: documentSchema, aside: z.array(asideSchema), isCurrent: z.boolean() })
    .optional(),
});
export type Known = z.infer<typeof knownSchema>;

/**
 * What was known where the last of these messages stands: what follows from them, and what people wrote down by then. The
 * brief goes along where all messages do.
 */
export function knownUpTo(
  { facts, tasks, wordings, brief }: Known,
  messageIds: ReadonlySet<string>,
  lastPlace: number | undefined,
): Known {
  const isKept = ({ cause, place }: { cause?: string | undefined; place: number }) =>
    cause === undefined ? lastPlace === undefined || place <= lastPlace : messageIds.has(cause);
  const known = {
    facts: facts.filter(isKept),
    tasks: tasks.filter(isKept).map((task) => asOf(task, wordings, messageIds)),
    wordings: wordings.filter(({ cause }) => messageIds.has(cause)),
  };
  return lastPlace === undefined && brief !== undefined ? { ...known, brief } : known;
}

/** A task without the words and the answer that messages gave it which are not among these. */
function asOf(task: Task, wordings: readonly Wording[], messageIds: ReadonlySet<string>): Task {
  const { answer: _, answered, ...asked } = task;
  if (answered?.messageId !== undefined && !messageIds.has(answered.messageId)) {
    return { ...asked, status: 'open' };
  }
  const own = wordings.filter(({ taskId }) => taskId === task.taskId);
  const [kept, others] = [
    own.filter(({ cause }) => messageIds.has(cause)),
    own.filter(({ cause }) => !messageIds.has(cause)),
  ];
  if (!others.some(({ text }) => text === task.text)) return task;
  return { ...task, text: kept.at(-1)?.text ?? others[0]?.before ?? task.text };
}

/**
 * The events that tell it in a new room, in which the messages have other ids: `shown` are those of messages on its
 * timeline, `ids` those of every version.
 */
export function knownEvents(
  actor: Actor,
  { facts, tasks, wordings, brief }: Known,
  shown: ReadonlyMap<string, string>,
  ids: ReadonlyMap<string, string>,
): NewEvent[] {
  const follows = (cause: string | undefined) => {
    const renamed = shown.get(cause ?? '');
    return renamed === undefined ? {} : { cause: renamed };
  };
  return [
    ...facts.map((fact, index): NewEvent => {
      const { by, at, cause } = fact;
      const data = { ...toldFact(fact, index + 1), by, at };
      return { kind: 'fact.added', actor, ...follows(cause), data };
    }),
    ...tasks.flatMap((task): NewEvent[] => {
      const { by, at, cause, status, answer, answered } = task;
      const worded = wordingsOf(task, wordings);
      const first = { ...toldTask(task), text: worded[0]?.before ?? task.text };
      const added: NewEvent[] = [
        { kind: 'task.added', actor, ...follows(cause), data: { ...first, by, at } },
        ...worded.map(({ text, before, by: writer, cause: message }): NewEvent => {
          const data = { ...toldTask({ ...task, text }), before };
          return { kind: 'task.added', actor: writer, ...follows(message), data };
        }),
      ];
      if (status === 'dismissed') return [...added, { kind: 'task.dismissed', actor, data: toldTask(task) }];
      if (status === 'open' || answer === undefined) return added;
      const who = answered?.by ?? actor;
      const data = { ...toldTask(task), answer };
      return [...added, { kind: 'task.answered', actor: who, ...follows(answered?.messageId), data }];
    }),
    ...(brief === undefined ? [] : [briefOf(actor, brief, facts.length, ids)]),
  ];
}

/** By which messages an open task came to be worded as it is; none where they do not lead there. */
function wordingsOf({ taskId, text, status }: Task, wordings: readonly Wording[]): Wording[] {
  const own = wordings.filter((wording) => wording.taskId === taskId);
  return status === 'open' && own.at(-1)?.text === text ? own : [];
}

function briefOf(
  actor: Actor,
  { document, aside, isCurrent }: NonNullable<Known['brief']>,
  stateVersion: number,
  ids: ReadonlyMap<string, string>,
): NewEvent {
  const renamed = (list: readonly string[]) => list.map((id) => ids.get(id) ?? id);
  const here = ({ id, text, rests, gone }: Block): Block => ({
    id,
    text,
    ...(rests === undefined ? {} : { rests: renamed(rests) }),
    ...(gone === undefined ? {} : { gone: renamed(gone) }),
  });
  const sections = document.sections.map((section) => ({ ...section, blocks: section.blocks.map(here) }));
  const data = {
    revision: 1,
    applied: [],
    skipped: [],
    document: { ...document, sections },
    aside: aside.map((one) => ({ ...one, block: here(one.block) })),
    basedOn: isCurrent ? stateVersion : 0,
    reason: 'edit' as const,
  };
  return { kind: 'brief.revised', actor, data };
}
