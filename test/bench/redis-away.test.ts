import { expect, test } from 'vitest';
import { percentOf, phasesOf } from '../../bench/redis-away/phases.ts';

test('tokens count where they were due, not where they came', () => {
  const seen = [
    { due: 5, late: 900 },
    { due: 10, late: 1 },
    { due: 19, late: 30 },
    { due: 20, late: 2 },
    { due: 30, late: 3 },
  ];
  expect(phasesOf(seen.slice(0, 2), 10, { from: 19, to: 30 })).toEqual({
    before: 1,
    away: Number.NaN,
    after: Number.NaN,
  });
  const phases = phasesOf(seen, 10, { from: 19, to: 30 });
  expect(phases).toMatchObject({ before: 1, after: 3 });
  expect(phases.away).toBeCloseTo(29.72);
});

test('what is missing in one tab is not made up for by another', () => {
  expect(
    percentOf([
      { has: 10, should: 10 },
      { has: 5, should: 10 },
    ]),
  ).toBe(75);
});
