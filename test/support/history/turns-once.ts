import { isKnown } from '../../../src/domain/event.ts';
import type { Findings, Violation } from './history.ts';
import { type RoomLog, writtenIn } from './room-log.ts';

/** I5: at every place of a log one turn at most runs, each begins once and ends once, and says nothing after its end. */
export function checkTurnsOnce(logs: ReadonlyMap<string, RoomLog>): Findings {
  const violations: Violation[] = [];
  let checked = 0;
  for (const { roomId, events } of logs.values()) {
    const add = (sentence: string, evidence: unknown) =>
      violations.push({ invariant: 'I5', sentence: `${sentence} (${roomId})`, evidence });
    const phase = new Map<string, 'queued' | 'running' | 'ended'>();
    let running: string | undefined;
    for (const event of events) {
      if (!isKnown(event) || event.turnId === undefined) continue;
      const { turnId, kind } = event;
      const before = phase.get(turnId);
      if (kind === 'turn.queued') {
        checked += 1;
        if (before !== undefined) add(`Turn ${turnId} is queued a second time at seq ${event.seq}.`, event);
        phase.set(turnId, 'queued');
      } else if (kind === 'turn.started') {
        if (before !== 'queued')
          add(`Turn ${turnId} starts at seq ${event.seq}, but it was ${before}.`, event);
        if (running !== undefined)
          add(`Turn ${turnId} starts at seq ${event.seq} while ${running} runs.`, event);
        phase.set(turnId, 'running');
        running = turnId;
      } else if (kind === 'turn.ended') {
        if (before === undefined || before === 'ended')
          add(`Turn ${turnId} ends at seq ${event.seq}, but it was ${before ?? 'never queued'}.`, event);
        phase.set(turnId, 'ended');
        if (running === turnId) running = undefined;
      } else if (event.actor.type === 'bot' && writtenIn(event) !== undefined && before === 'ended') {
        add(`Turn ${turnId} says something at seq ${event.seq}, after its end.`, event);
      }
    }
    for (const [turnId, last] of phase)
      if (last !== 'ended') add(`Turn ${turnId} never ended: it is ${last}.`, { turnId });
  }
  return { checked, violations };
}
