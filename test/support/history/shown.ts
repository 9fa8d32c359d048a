import type { RoomState } from '../../../src/domain/room-state.ts';
import { stateFor } from '../../../src/domain/viewing.ts';
import { type Snapshot, snapshotOf } from '../../../src/protocol/snapshot.ts';
import { canonical, isSame } from './canonical.ts';
import type { Findings, History, Tab, Violation } from './history.ts';
import type { RoomLog } from './room-log.ts';

/**
 * I3: what a tab shows at any time is what a beginning of the log makes: each snapshot, each next event, and the state
 * it has in the end, when it has caught up.
 */
export function checkShown(history: History, logs: ReadonlyMap<string, RoomLog>): Findings {
  const violations: Violation[] = [];
  let checked = 0;
  for (const tab of history.tabs) {
    const log = logs.get(tab.roomId);
    if (log === undefined) continue;
    const found = checkTab(tab, log);
    checked += found.checked;
    violations.push(...found.violations);
  }
  return { checked, violations };
}

function checkTab(tab: Tab, log: RoomLog): Findings {
  const violations: Violation[] = [];
  let checked = 0;
  const add = (sentence: string, evidence: unknown) =>
    violations.push({ invariant: 'I3', sentence: `${tab.name} in ${tab.roomId} ${sentence}`, evidence });
  let [seq, epoch] = [0, log.epoch];
  const told = new Set<number>();

  for (const reading of tab.readings) {
    if (reading.type === 'event') told.add(reading.event.seq);
    if (reading.type === 'snapshot') {
      checked += 1;
      if (reading.epoch === epoch && reading.head < seq)
        add(`went back from seq ${seq} to a snapshot at ${reading.head}.`, { head: reading.head });
      [seq, epoch] = [reading.head, reading.epoch];
      if (epoch !== log.epoch) continue;
      if (seq > log.events.length) add(`was shown a room at seq ${seq}, past the log.`, { head: seq });
      else
        addDifference(`was given a snapshot at seq ${seq} that the log does not make`, reading.snapshot, seq);
    } else if (reading.type === 'shown') {
      checked += 1;
      if (reading.seq !== seq + 1) add(`showed seq ${reading.seq} after ${seq}.`, { seq, next: reading.seq });
      if (!told.has(reading.seq)) add(`showed seq ${reading.seq}, of which it had not been told.`, reading);
      seq = reading.seq;
    }
  }
  if (tab.final !== undefined) {
    checked += 1;
    const { state } = tab.final;
    if (state.seq !== log.events.length)
      add(`never caught up: it shows seq ${state.seq} of ${log.events.length}.`, { seq: state.seq });
    else addDifference('ends with a room that the log does not make', snapshotOf(state), state.seq);
  }
  return { checked, violations };

  function addDifference(what: string, shown: Snapshot, at: number): void {
    const made = snapshotOf(stateFor(log.stateAt(at), tab.userId));
    const part = differingPart(shown, made);
    if (part !== undefined) add(`${what}: ${part} differs.`, { shown: shown[part], made: made[part] });
  }
}

/** The first part of a room in which what is shown is not what the log makes, if there is one. */
function differingPart(shown: Snapshot, made: Snapshot): (keyof RoomState & keyof Snapshot) | undefined {
  const parts = Object.keys(made) as (keyof RoomState & keyof Snapshot)[];
  return parts.find((part) => {
    // Where the window ends depends on where the fold began; what is in it does not.
    if (part === 'older') return false;
    if (part !== 'messages') return !isSame(shown[part], made[part]);
    const latest = made.messages.slice(made.messages.length - shown.messages.length);
    return (
      canonical(shown.messages) !== canonical(latest) ||
      (!shown.older && shown.messages.length < made.messages.length)
    );
  });
}
