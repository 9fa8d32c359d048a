import { system } from './command.ts';
import type { KnownConsequence } from './consequence.ts';
import type { EventData, NewEvent } from './event.ts';
import { toldFact } from './facts.ts';
import type { RoomState } from './room-state.ts';
import type { Task } from './task.ts';

type Known = Pick<RoomState, 'facts' | 'tasks' | 'stateVersion'>;

/**
 * What becomes of facts, tasks and answers whose messages leave (`gone`), and of those that come with theirs, again or for
 * the first time. Each change of a fact raises the room's state version by one, after what the command itself changed.
 */
export function knownFollowUps(
  { facts, tasks, stateVersion }: Known,
  decided: readonly NewEvent[],
  { gone, come }: { gone: readonly KnownConsequence[]; come: readonly KnownConsequence[] },
): NewEvent[] {
  const standing = new Map(tasks.map((task) => [task.taskId, task]));
  const events = [
    ...gone.flatMap((one) => {
      const events = withdrawn(one, facts, standing);
      for (const { kind, data } of events) {
        // Another wording of it has nothing left to go back to.
        if (kind === 'task.withdrawn') standing.delete(data.taskId);
        const task = kind === 'task.added' ? standing.get(data.taskId) : undefined;
        if (kind === 'task.added' && task !== undefined)
          standing.set(data.taskId, { ...task, text: data.text });
      }
      return events;
    }),
    ...come.flatMap((one) => written(one, standing)),
  ];
  let version = stateVersion + decided.filter(({ kind }) => kind.startsWith('fact.')).length;
  return events.map((event) => {
    if (!('stateVersion' in event.data)) return event;
    version += 1;
    return { ...event, data: { ...event.data, stateVersion: version } } as NewEvent;
  });
}

type Tasks = ReadonlyMap<string, Task>;
/** Stands in until it is known which change of a fact it is. */
const stateVersion = 1;

function withdrawn(one: KnownConsequence, facts: Known['facts'], tasks: Tasks): NewEvent[] {
  switch (one.kind) {
    case 'fact': {
      const fact = facts.find(({ factId }) => factId === one.fact.factId);
      if (fact === undefined) return [];
      const { text, summary, status, source, factId } = fact;
      const data = { factId, text, summary, status, source, stateVersion, reason: 'withdrawn' };
      return [{ kind: 'fact.removed', actor: system, cause: one.cause, data }];
    }
    case 'task':
      return withdrawnTask(one, tasks.get(one.task.taskId));
    case 'answer':
      return withdrawnAnswer(one, tasks.get(one.taskId), facts);
  }
}

function written(one: KnownConsequence, tasks: Tasks): NewEvent[] {
  const { cause } = one;
  switch (one.kind) {
    case 'fact': {
      const data = { ...one.fact, ...again(one), stateVersion };
      return [{ kind: 'fact.added', actor: one.first.by, cause, data }];
    }
    case 'task': {
      const data = { ...one.task, ...again(one) };
      if (one.before === undefined) return [{ kind: 'task.added', actor: one.first.by, cause, data }];
      // As it is worded without what left.
      const before = tasks.get(one.task.taskId)?.text ?? one.before;
      if (before === one.task.text) return [];
      return [{ kind: 'task.added', actor: one.first.by, cause, data: { ...data, before } }];
    }
    case 'answer': {
      const { kind, text } = tasks.get(one.taskId) ?? { kind: 'question' as const, text: '' };
      const data = { taskId: one.taskId, kind, text, answer: one.answer };
      return [{ kind: 'task.answered', actor: one.by, cause, data }];
    }
  }
}

/** Who added it, when and as which event, when it comes back. */
function again({ first }: Extract<KnownConsequence, { first: object }>): Partial<typeof first> {
  return first.at === undefined ? {} : first;
}

/** A task goes, unless somebody has made it theirs; one that was only worded anew is worded as before. */
function withdrawnTask(
  { cause, task, before }: Extract<KnownConsequence, { kind: 'task' }>,
  standing: Task | undefined,
): NewEvent[] {
  if (standing?.status !== 'open') return [];
  const data = { taskId: task.taskId, kind: standing.kind, text: standing.text };
  if (before === undefined) return [{ kind: 'task.withdrawn', actor: system, cause, data }];
  if (standing.text !== task.text) return [];
  return [{ kind: 'task.added', actor: system, ...causeOfTask(standing), data: asAdded(standing, before) }];
}

/** A task whose answer left is open again, and what was made of the answer goes. */
function withdrawnAnswer(
  { cause }: Extract<KnownConsequence, { kind: 'answer' }>,
  standing: Task | undefined,
  facts: Known['facts'],
): NewEvent[] {
  if (standing?.answered?.messageId !== cause) return [];
  // The fact that was made of it has lost its source.
  const made = facts.filter(({ source }) => source.ref === standing.taskId);
  return [
    { kind: 'task.added', actor: system, data: asAdded(standing, standing.text) },
    ...made.map((fact): NewEvent => {
      const data = { ...toldFact(fact, stateVersion), reason: 'withdrawn' };
      return { kind: 'fact.removed', actor: system, cause, data };
    }),
  ];
}

const causeOfTask = ({ cause }: Task) => (cause === undefined ? {} : { cause });

function asAdded({ taskId, kind, by, at, place }: Task, text: string): EventData<'task.added'> {
  return { taskId, kind, text, by, at, place };
}
