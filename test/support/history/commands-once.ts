import { isKnown, type LoggedEvent } from '../../../src/domain/event.ts';
import { isSame } from './canonical.ts';
import type { Command, Findings, History, Violation } from './history.ts';
import type { RoomLog } from './room-log.ts';

/** What may have come of a command that was refused: something after all, when it was refused for the moment alone. */
const isDefinite = (code: string) => !['rate_limited', 'unavailable', 'internal'].includes(code);

/**
 * I4: a command has one effect at most however often it was sent, none if it was refused, and every answer to it is the
 * same. Effects are told apart by the text a command brings, which the clients make unique.
 */
export function checkCommandsOnce(history: History, logs: ReadonlyMap<string, RoomLog>): Findings {
  const violations: Violation[] = [];
  for (const command of history.commands) {
    const log = logs.get(command.roomId);
    const add = (sentence: string, evidence: object) =>
      violations.push({
        invariant: 'I4',
        sentence: `${command.client}'s ${command.name} ${sentence}`,
        evidence: { command, ...evidence },
      });
    const results = command.attempts.flatMap(({ outcome }) =>
      outcome.type === 'ok' ? [outcome.result] : [],
    );
    const other = results.find((result) => !isSame(result, results[0]));
    if (other !== undefined)
      add('was answered differently when it was sent again.', { first: results[0], other });
    const had = log === undefined ? [] : effectsOf(command, log);
    if (had.length > 1) add(`had its effect ${had.length} times.`, { events: had });
    if (had.length > 0 && isRefused(command))
      add('was refused, and had its effect all the same.', { events: had });
  }
  return { checked: history.commands.length, violations };
}

function isRefused({ attempts }: Command): boolean {
  return attempts.every(({ outcome }) => outcome.type === 'failed' && isDefinite(outcome.error.code));
}

function effectsOf({ name, userId, args }: Command, log: RoomLog): LoggedEvent[] {
  const { text = args.answer } = args;
  if (typeof text !== 'string') return [];
  return log.events.filter((event) => {
    if (!isKnown(event) || event.actor.id !== userId) return false;
    switch (name) {
      case 'message.post':
        // What stands in an old place again was not posted again.
        return event.kind === 'message.posted' && event.data.text === text && event.data.place === undefined;
      case 'message.edit':
      case 'reply.regenerate':
        return event.kind === 'message.edited' && event.data.text === text;
      case 'fact.add':
        return event.kind === 'fact.added' && event.data.text === text && event.data.place === undefined;
      case 'fact.edit':
        return event.kind === 'fact.edited' && event.data.text === text && event.data.factId === args.factId;
      case 'task.add':
        return event.kind === 'task.added' && event.data.text === text && event.data.place === undefined;
      case 'task.answer':
        return event.kind === 'task.answered' && event.data.answer === text;
      default:
        return false;
    }
  });
}
