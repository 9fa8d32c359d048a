import type { History, Invariant } from '../../test/support/history/history.ts';
import { lastGens } from '../../test/support/history/live-text.ts';
import { invariants, type Judgement } from '../../test/support/history-checker.ts';

/** Violations told in full; of the rest only the number is. */
const told = 10;

/** What a run came to, on a page. */
export function report(history: History, { checked, violations }: Judgement, command: string): string {
  const attempts = history.commands.flatMap((one) => one.attempts);
  const outcomes = countBy(attempts, ({ outcome }) =>
    outcome.type === 'failed' ? outcome.error.code : outcome.type,
  );
  const acks = attempts
    .filter(({ outcome }) => outcome.type === 'ok')
    .map(({ invokedAt, endedAt }) => endedAt - invokedAt)
    .toSorted((a, b) => a - b);
  const rooms = new Map(history.logs.map(({ roomId, events }) => [roomId, events]));
  const events = [...rooms.values()].flat();
  const ends = events.filter(({ kind }) => kind === 'turn.ended');
  const live = lastGens(history);
  const lines = [
    `rooms ${rooms.size} · tabs and readers ${history.tabs.length} · processes ${history.processes.length}`,
    `events ${events.length} · turns ended ${ends.length} (${listed(countBy(ends, ({ data }) => outcomeOf(data)))})`,
    `replies seen as they were written ${live.size} (${[...live.values()].filter((gen) => gen > 0).length} started over)`,
    `commands ${history.commands.length} (${listed(countBy(history.commands, ({ name }) => name))})`,
    `sent ${attempts.length} times: ${listed(outcomes)}`,
    `acks p50 ${share(acks, 0.5)} ms · p99 ${share(acks, 0.99)} ms`,
    '',
    ...(Object.keys(invariants) as Invariant[]).map((invariant) => {
      const broken = violations.filter((violation) => violation.invariant === invariant).length;
      return `${invariant} ${invariants[invariant]}: ${checked[invariant]} checked, ${broken} violations`;
    }),
    '',
    ...violations
      .slice(0, told)
      .flatMap(({ invariant, sentence, evidence }) => [
        `${invariant}: ${sentence}`,
        `   ${JSON.stringify(evidence).slice(0, 600)}`,
      ]),
    ...(violations.length > told ? [`… and ${violations.length - told} more`] : []),
    violations.length === 0 ? 'No violation.' : `${violations.length} violations.`,
    `The same plan again: ${command}`,
  ];
  return lines.join('\n');
}

function outcomeOf(data: unknown): string {
  return typeof data === 'object' && data !== null && 'outcome' in data ? String(data.outcome) : 'unknown';
}

function countBy<T>(list: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of list) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

function listed(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

function share(sorted: readonly number[], part: number): string {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  return value === undefined ? '–' : value.toFixed(1);
}
