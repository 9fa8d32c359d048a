import type { KnownConsequence, NewConsequence } from './consequence.ts';
import { type EventOf, isKnown, type LoggedEvent } from './event.ts';

/** What an event says follows from its cause; undefined when it has none, or is only about what follows from another. */
export function knownBy(
  event: EventOf<'fact.added' | 'task.added' | 'task.answered'>,
): KnownConsequence | undefined {
  const { cause, actor, at, seq } = event;
  if (cause === undefined) return undefined;
  switch (event.kind) {
    case 'fact.added': {
      const { factId, text, summary, status, source, by = actor, at: addedAt = at, place = seq } = event.data;
      const fact = { factId, text, summary, status, source };
      return { kind: 'fact', cause, fact, first: { by, at: addedAt, place } };
    }
    case 'task.added': {
      const { taskId, kind, text, before, by = actor, at: addedAt = at, place = seq } = event.data;
      const first = { by, at: addedAt, place };
      return {
        kind: 'task',
        cause,
        task: { taskId, kind, text },
        ...(before === undefined ? {} : { before }),
        first,
      };
    }
    case 'task.answered':
      return { kind: 'answer', cause, taskId: event.data.taskId, answer: event.data.answer ?? '', by: actor };
  }
}

/** What follows from the messages of a room, as its events tell it, by names that stay. */
export function collectConsequences(standing: Map<string, NewConsequence>, event: LoggedEvent): void {
  if (!isKnown(event)) return;
  const { cause = '' } = event;
  switch (event.kind) {
    case 'memory.written': {
      const { place: _, ...memory } = event.data;
      standing.set(memory.memoryId, { kind: 'memory', memory: { ...memory, cause } });
      return;
    }
    case 'memory.withdrawn':
      standing.delete(event.data.memoryId);
      return;
    case 'edge.updated': {
      const { from, to, delta, withdrawn } = event.data;
      const name = `${cause} ${from} ${to}`;
      if (withdrawn === true) standing.delete(name);
      else standing.set(name, { kind: 'edge', change: { cause, from, to, delta } });
      return;
    }
    case 'bot.left':
    case 'bot.reset': {
      const { botId } = event.data;
      for (const [name, one] of standing) if (partiesOf(one).includes(botId)) standing.delete(name);
    }
  }
}

function partiesOf(one: NewConsequence): string[] {
  if (one.kind === 'memory') return [one.memory.witnessId];
  return one.kind === 'edge' ? [one.change.from, one.change.to] : [];
}
