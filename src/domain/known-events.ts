import { z } from 'zod';
import type { Actor } from './actor.ts';
import { type Document, documentSchema } from './document/document.ts';
import type { NewEvent } from './event.ts';
import { factSchema } from './fact.ts';
import { toldFact } from './facts.ts';
import type { RoomState } from './room-state.ts';
import { taskSchema } from './task.ts';
import { toldTask } from './tasks.ts';

/** What a room knows and wants to know, as another room takes it over. */
export const knownSchema = z.object({
  facts: z.array(factSchema).default([]),
  tasks: z.array(taskSchema).default([]),
  document: documentSchema.optional(),
});
export type Known = z.infer<typeof knownSchema>;

/**
 * What was known where the last of these messages stands: what follows from them, and what people wrote down by then. The
 * brief goes along where all messages do.
 */
export function knownUpTo(
  { facts, tasks, brief }: Pick<RoomState, 'facts' | 'tasks' | 'brief'>,
  messageIds: ReadonlySet<string>,
  lastPlace: number | undefined,
): Known {
  const isKept = ({ cause, place }: { cause?: string | undefined; place: number }) =>
    cause === undefined ? lastPlace === undefined || place <= lastPlace : messageIds.has(cause);
  const known = { facts: facts.filter(isKept), tasks: tasks.filter(isKept) };
  return lastPlace === undefined && brief.revision > 0 ? { ...known, document: brief.document } : known;
}

/** The events that tell it in a new room, in which the messages have other ids. */
export function knownEvents(
  actor: Actor,
  { facts, tasks, document }: Known,
  ids: ReadonlyMap<string, string>,
): NewEvent[] {
  const follows = (cause: string | undefined) => {
    const renamed = ids.get(cause ?? '');
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
      const added: NewEvent = {
        kind: 'task.added',
        actor,
        ...follows(cause),
        data: { ...toldTask(task), by, at },
      };
      if (status === 'dismissed') return [added, { kind: 'task.dismissed', actor, data: toldTask(task) }];
      if (status === 'open' || answer === undefined) return [added];
      const who = answered?.by ?? actor;
      const data = { ...toldTask(task), answer };
      return [added, { kind: 'task.answered', actor: who, ...follows(answered?.messageId), data }];
    }),
    ...(document === undefined ? [] : [briefOf(actor, document, facts.length, ids)]),
  ];
}

function briefOf(
  actor: Actor,
  document: Document,
  basedOn: number,
  ids: ReadonlyMap<string, string>,
): NewEvent {
  const renamed = (list: readonly string[] | undefined) => list?.map((id) => ids.get(id) ?? id);
  const sections = document.sections.map((section) => ({
    ...section,
    blocks: section.blocks.map(({ id, text, rests, gone }) => ({
      id,
      text,
      ...(rests === undefined ? {} : { rests: renamed(rests) }),
      ...(gone === undefined ? {} : { gone: renamed(gone) }),
    })),
  }));
  const data = { revision: 1, applied: [], skipped: [], document: { ...document, sections }, basedOn };
  return { kind: 'brief.revised', actor, data: { ...data, reason: 'edit' as const } };
}
