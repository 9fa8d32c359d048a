import { isSame } from './canonical.ts';
import type { Findings, History, Violation } from './history.ts';
import type { RoomLog } from './room-log.ts';

/** I2: the log counts 1, 2, 3 …; and whoever was told of an event, whenever, was told the same. */
export function checkSequence(history: History, logs: ReadonlyMap<string, RoomLog>): Findings {
  const violations: Violation[] = [];
  let checked = 0;
  const add = (sentence: string, evidence: unknown) =>
    violations.push({ invariant: 'I2', sentence, evidence });

  for (const { by, roomId, epoch, events } of history.logs) {
    const log = logs.get(roomId);
    events.forEach((event, index) => {
      checked += 1;
      if (event.seq !== index + 1)
        add(`The log of ${roomId} as ${by} reads it has seq ${event.seq} in place ${index + 1}.`, event);
      const first = log?.at(event.seq);
      if (epoch === log?.epoch && !isSame(event, first))
        add(`Two readings of ${roomId} differ at seq ${event.seq}.`, { by, event, first });
    });
    if (log !== undefined && epoch === log.epoch && events.length !== log.events.length)
      add(`Two readings of ${roomId} differ in length: ${events.length} and ${log.events.length}.`, { by });
  }

  for (const { name, roomId, userId, readings } of history.tabs) {
    const log = logs.get(roomId);
    if (log === undefined) continue;
    for (const reading of readings) {
      if (reading.type !== 'event' || (reading.epoch !== '' && reading.epoch !== log.epoch)) continue;
      checked += 1;
      const { event } = reading;
      const inLog = log.asSeenBy(userId, event.seq);
      if (inLog === undefined)
        add(`${name} was told of seq ${event.seq} of ${roomId}, which is not in the log.`, event);
      else if (!isSame(inLog, event))
        add(`${name} was told something else under seq ${event.seq} of ${roomId} than the log says.`, {
          told: event,
          inLog,
        });
    }
  }
  return { checked, violations };
}
