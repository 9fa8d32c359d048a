import { checkAcknowledged } from './history/acknowledged.ts';
import { checkCommandsOnce } from './history/commands-once.ts';
import type { Findings, History, Invariant, Violation } from './history/history.ts';
import { checkLiveText } from './history/live-text.ts';
import { checkProcesses } from './history/processes.ts';
import { roomLogs } from './history/room-log.ts';
import { checkSequence } from './history/sequence.ts';
import { checkShown } from './history/shown.ts';
import { checkTurnsOnce } from './history/turns-once.ts';

/** What each invariant promises, in a line. */
export const invariants: Readonly<Record<Invariant, string>> = {
  I1: 'acknowledged means durable',
  I2: 'seq is unique, gap-free and never changed',
  I3: 'what each tab shows is a prefix of the log, in order',
  I4: 'one command id, at most one effect, the same result',
  I5: 'at most one running turn a room, one end for each, and its words as they were shown',
  I6: 'the processes are up and their memory is bounded',
};

export type Judgement = { checked: Record<Invariant, number>; violations: Violation[] };

/** Judges a recorded history by the invariants. Pure: it needs nothing but what was recorded. */
export function checkHistory(history: History): Judgement {
  const logs = roomLogs(history);
  const turns = checkTurnsOnce(logs);
  const words = checkLiveText(history, logs);
  const found: Record<Invariant, Findings> = {
    I1: checkAcknowledged(history, logs),
    I2: checkSequence(history, logs),
    I3: checkShown(history, logs),
    I4: checkCommandsOnce(history, logs),
    I5: {
      checked: turns.checked + words.checked,
      violations: [...turns.violations, ...words.violations],
    },
    I6: checkProcesses(history.processes),
  };
  const { I1, I2, I3, I4, I5, I6 } = found;
  return {
    checked: {
      I1: I1.checked,
      I2: I2.checked,
      I3: I3.checked,
      I4: I4.checked,
      I5: I5.checked,
      I6: I6.checked,
    },
    violations: Object.values(found).flatMap(({ violations }) => violations),
  };
}
