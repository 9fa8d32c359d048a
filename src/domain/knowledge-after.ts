import type { EventOf } from './event.ts';
import type { Fact } from './fact.ts';
import { limits } from './limits.ts';
import type { RoomState } from './room-state.ts';
import type { Task } from './task.ts';

type FactEvent = EventOf<'fact.added' | 'fact.edited' | 'fact.removed'>;
type TaskEvent = EventOf<'task.added' | 'task.answered' | 'task.dismissed' | 'task.withdrawn'>;

/** What is known after one more change of it. */
export function factsAfter(
  state: Pick<RoomState, 'facts' | 'goneFacts' | 'refusedFacts'>,
  event: FactEvent,
): Pick<RoomState, 'facts' | 'goneFacts' | 'refusedFacts' | 'stateVersion'> {
  const { factId, stateVersion } = event.data;
  const others = state.facts.filter((fact) => fact.factId !== factId);
  const stillGone = state.goneFacts.filter((id) => id !== factId);
  if (event.kind === 'fact.removed') {
    return {
      facts: others,
      goneFacts: [...stillGone, factId].slice(-limits.goneFacts),
      refusedFacts: refusedAfter(state.refusedFacts, event),
      stateVersion,
    };
  }
  const fact = factOf(state, event);
  const { refusedFacts } = state;
  return { facts: inPlace([...others, fact]), goneFacts: stillGone, refusedFacts, stateVersion };
}

/** With a `reason` a fact has lost what it came from; without one somebody did not want it. */
function refusedAfter(refused: readonly string[], { data, actor }: EventOf<'fact.removed'>): string[] {
  if (actor.type !== 'user' || data.reason !== undefined) return [...refused];
  return [...refused.filter((text) => text !== data.text), data.text].slice(-limits.refusedFacts);
}

function factOf({ facts }: Pick<RoomState, 'facts'>, event: FactEvent): Fact {
  const { reason: _reason, place, at, by, ...data } = event.data;
  const old = facts.find(({ factId }) => factId === data.factId);
  if (event.kind === 'fact.edited' && old !== undefined) {
    // Whoever edits or confirms a fact makes it theirs.
    const { cause: _cause, ...kept } = old;
    return { ...kept, ...data, edited: { by: event.actor, at: event.at } };
  }
  const { cause } = event;
  return {
    ...data,
    ...(cause === undefined ? {} : { cause }),
    by: by ?? event.actor,
    at: at ?? event.at,
    place: place ?? event.seq,
  };
}

/** The room's tasks after one more change of them. */
export function tasksAfter({ tasks }: Pick<RoomState, 'tasks'>, event: TaskEvent): Task[] {
  const { taskId } = event.data;
  const old = tasks.find((task) => task.taskId === taskId);
  const others = tasks.filter((task) => task !== old);
  switch (event.kind) {
    case 'task.withdrawn':
      return others;
    case 'task.dismissed':
      return old === undefined ? tasks : inPlace([...others, { ...withoutCause(old), status: 'dismissed' }]);
    case 'task.answered': {
      if (old === undefined) return tasks;
      const { cause: messageId } = event;
      const { answer = '' } = event.data;
      const answered = { by: event.actor, at: event.at, ...(messageId === undefined ? {} : { messageId }) };
      return inPlace([...others, { ...withoutCause(old), status: 'answered', answer, answered }]);
    }
    case 'task.added': {
      const { kind, text, place, at, by, before } = event.data;
      // Other words do not make it follow from another message.
      const { cause } = before !== undefined && old !== undefined ? old : event;
      const task: Task = {
        taskId,
        kind,
        text,
        status: 'open',
        ...(cause === undefined ? {} : { cause }),
        by: by ?? old?.by ?? event.actor,
        at: at ?? old?.at ?? event.at,
        place: place ?? old?.place ?? event.seq,
      };
      return inPlace([...others, task]);
    }
  }
}

/** Whoever answers or dismisses a task makes it theirs: it stays when the message that raised it goes. */
function withoutCause({ cause: _cause, ...task }: Task): Task {
  return task;
}

function inPlace<T extends { place: number }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => a.place - b.place);
}
