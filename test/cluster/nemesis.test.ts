import { expect, test } from 'vitest';
import { planFaults } from './nemesis.ts';

const many = Array.from({ length: 200 }, (_, index) => index + 1);

test('[NE2] what goes wrong follows from the seed, and in many seeds everything that can', () => {
  const plans = many.map((seed) => planFaults(seed, 3_000, 3));
  expect(many.map((seed) => planFaults(seed, 3_000, 3))).toEqual(plans);
  expect(new Set(plans.flat().map(({ name }) => name)).size).toBe(13);
  expect(new Set(plans.flat().map(({ slot }) => slot))).toEqual(new Set([0, 1, 2]));
  expect(plans.flat().every(({ after }) => after < 3_000)).toBe(true);
});
