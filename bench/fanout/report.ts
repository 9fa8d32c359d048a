import { ratiosOf, spreadOf } from '../lib/stats.ts';
import { spread, table } from '../lib/table.ts';
import type { Contestant, Measured } from './contestants.ts';

/** Runs the contestants in turn, `rounds` times, after a round in which they warm up. */
export async function runInTurn<Name extends string>(
  contestants: Record<Name, Contestant>,
  rounds: number,
): Promise<Record<Name, Measured>[]> {
  const all: Record<Name, Measured>[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const measured: Partial<Record<Name, Measured>> = {};
    for (const name of Object.keys(contestants) as Name[]) measured[name] = await contestants[name].run();
    if (round > 0) all.push(measured as Record<Name, Measured>);
  }
  return all;
}

const rows: { name: string; of: (one: Measured) => number }[] = [
  { name: 'tokens delivered/s', of: ({ tokens, seconds }) => tokens / seconds },
  { name: 'frames delivered/s', of: ({ frames, seconds }) => frames / seconds },
  { name: 'tokens delivered %', of: ({ tokens, expected }) => (100 * tokens) / expected },
  { name: 'within a second %', of: ({ prompt, expected }) => (100 * prompt) / expected },
  { name: 'latency p50, ms', of: ({ p50 }) => p50 },
  { name: 'latency p99, ms', of: ({ p99 }) => p99 },
  { name: 'server, cores', of: ({ cores }) => cores },
  { name: 'server CPU a frame, µs', of: ({ cpu, frames }) => (cpu * 1e6) / frames },
  { name: 'load generator, cores', of: ({ loadCores }) => loadCores },
];

/** A column for each contestant; with `against`, one more with the first of them in relation to the second. */
export function compared<Name extends string>(
  measured: readonly Record<Name, Measured>[],
  columns: Record<Name, string>,
  against?: readonly [Name, Name],
): string {
  const names = Object.keys(columns) as Name[];
  const head = ['', ...names.map((name) => columns[name])];
  if (against !== undefined) head.push(`${columns[against[0]]} ÷ ${columns[against[1]]}`);
  const cells = rows.map(({ name, of }) => {
    const row = [name, ...names.map((one) => spread(spreadOf(measured.map((round) => of(round[one])))))];
    if (against !== undefined) {
      const [ours, theirs] = against;
      const ratio = ratiosOf(
        measured,
        (round) => of(round[ours]),
        (round) => of(round[theirs]),
      );
      row.push(spread(ratio));
    }
    return row;
  });
  return table(head, cells);
}
