import type { NewId } from '../lib/ids.ts';
import type { Actor } from './actor.ts';
import type { NewConsequence } from './consequence.ts';
import type { NewEvent } from './event.ts';
import { limits } from './limits.ts';
import type { Notes } from './notes.ts';
import type { RoomState } from './room-state.ts';
import { sameQuestion } from './task.ts';

/**
 * What follows from the words of a turn by what their author noted beside them: facts nobody has written down yet, and tasks
 * nobody has been given yet or another wording of an open one. `words` are the events that put the words on the timeline; what
 * leaves with the message they replace is noted anew.
 */
export function noted(
  { facts, tasks }: Pick<RoomState, 'facts' | 'tasks'>,
  words: readonly NewEvent[],
  notes: Notes | undefined,
  newId: NewId,
): NewConsequence[] {
  const said = words.map(messageIn).find((message) => message !== undefined);
  if (said === undefined || notes === undefined) return [];
  const { cause, by, supersedes } = said;
  const stays = (one: { cause?: string | undefined }) => one.cause === undefined || one.cause !== supersedes;
  const knownFacts = facts.filter(stays).map(({ text }) => text);
  const knownTasks = tasks.filter(stays);
  const first = { by };

  const newFacts = distinct(notes.facts)
    .filter(({ text }) => !knownFacts.some((known) => sameQuestion(known, text)))
    .slice(0, Math.max(0, limits.facts - knownFacts.length))
    .map((fact): NewConsequence => ({ kind: 'fact', cause, fact: { factId: newId(), ...fact }, first }));
  const newTasks = distinct(notes.tasks).flatMap(({ kind, text, taskId }): NewConsequence[] => {
    const named = knownTasks.find((task) => task.taskId === taskId && task.status === 'open');
    if (named !== undefined) {
      if (named.text === text) return [];
      const task = { taskId: named.taskId, kind: named.kind, text };
      return [{ kind: 'task', cause, task, before: named.text, first }];
    }
    if (knownTasks.some((task) => sameQuestion(task.text, text))) return [];
    return [{ kind: 'task', cause, task: { taskId: newId(), kind, text }, first }];
  });
  return [...newFacts, ...newTasks.slice(0, Math.max(0, limits.tasks - tasks.length))];
}

function messageIn(event: NewEvent): { cause: string; by: Actor; supersedes?: string } | undefined {
  if (event.kind === 'message.posted') return { cause: event.data.messageId, by: event.actor };
  if (event.kind !== 'message.replaced') return undefined;
  const { message, supersedes } = event.data;
  return { cause: message.messageId, by: event.actor, supersedes };
}

function distinct<T extends { text: string }>(items: readonly T[]): T[] {
  return items.filter(
    (item, index) => items.findIndex((other) => sameQuestion(other.text, item.text)) === index,
  );
}
