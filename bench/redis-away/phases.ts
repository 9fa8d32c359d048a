import { percentile } from '../lib/stats.ts';

/** When Redis went and came back, in microseconds of the shared clock. */
export type Absence = { from: number; to: number };

/** A token in a tab: when it was due, in microseconds, and how late it was, in milliseconds. */
export type Seen = { due: number; late: number };

/** The 99th percentile of how late tokens were that were due before, during and after the absence; milliseconds. */
export type Phases = { before: number; away: number; after: number };

/** What was due before `since` does not count. */
export function phasesOf(seen: readonly Seen[], since: number, { from, to }: Absence): Phases {
  const p99 = (fits: (due: number) => boolean) =>
    percentile(
      seen.filter(({ due }) => fits(due)).map(({ late }) => late),
      99,
    );
  return {
    before: p99((due) => due >= since && due < from),
    away: p99((due) => due >= from && due < to),
    after: p99((due) => due >= to),
  };
}

/** How much of something arrived. */
export type Share = { has: number; should: number };

export const percentOf = (shares: readonly Share[]): number => {
  const sum = (key: keyof Share) => shares.reduce((total, share) => total + share[key], 0);
  return (100 * sum('has')) / sum('should');
};
