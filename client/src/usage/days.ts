import type { UsageResult, UsageSum } from '../../../src/protocol/usage.ts';

export type DaySum = UsageResult['byDay'][number];

const day = 24 * 3_600_000;
export const noCalls: UsageSum = { calls: 0, failed: 0, estimated: 0, promptTokens: 0, completionTokens: 0 };

/** The last `count` days of UTC up to `last`, such as `2026-01-31`, in order; those without calls with zeros. */
export function filledDays(byDay: readonly DaySum[], last: string, count: number): DaySum[] {
  const known = new Map(byDay.map((sum) => [sum.day, sum]));
  const end = Date.parse(`${last}T00:00:00Z`);
  return Array.from({ length: count }, (_, index) => {
    const name = new Date(end - (count - 1 - index) * day).toISOString().slice(0, 10);
    return known.get(name) ?? { day: name, ...noCalls };
  });
}

/** The day of UTC that runs. */
export const todayOf = (now: Date) => now.toISOString().slice(0, 10);

export const tokensOf = ({ promptTokens, completionTokens }: UsageSum) => promptTokens + completionTokens;

/** The end of a scale from 0 that has room for `most`: 1, 2, 4 or 5 times a power of ten, so that its half is a round figure too. */
export function scaleEnd(most: number): number {
  if (most <= 10) return 10;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 4, 5, 10].map((step) => step * power).find((end) => end >= most) ?? 10 * power;
}
