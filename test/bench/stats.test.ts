import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { median, percentile, ratiosOf, spreadOf } from '../../bench/lib/stats.ts';

const values = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1, maxLength: 50 });

describe('the figures of a benchmark', () => {
  test('are medians, between the two in the middle where there are two', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNaN();
  });

  test('interpolate percentiles', () => {
    expect(percentile([0, 10], 99)).toBeCloseTo(9.9);
    expect(percentile([7], 99)).toBe(7);
    expect(percentile([1, 2, Number.POSITIVE_INFINITY], 50)).toBe(2);
    expect(percentile([1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY], 75)).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  test('lie between the least and the most, in order', () => {
    fc.assert(
      fc.property(values, fc.nat({ max: 100 }), fc.nat({ max: 100 }), (all, a, b) => {
        const [low, high] = [percentile(all, Math.min(a, b)), percentile(all, Math.max(a, b))];
        expect(low).toBeGreaterThanOrEqual(Math.min(...all));
        expect(high).toBeLessThanOrEqual(Math.max(...all));
        expect(low).toBeLessThanOrEqual(high);
      }),
    );
  });

  test('are compared within a round, not across', () => {
    const rounds = [
      { ours: 10, theirs: 5 },
      { ours: 100, theirs: 100 },
      { ours: 3, theirs: 1 },
    ];
    const ratios = ratiosOf(
      rounds,
      ({ ours }) => ours,
      ({ theirs }) => theirs,
    );
    expect(ratios).toEqual({ median: 2, min: 1, max: 3 });
    expect(spreadOf([2])).toEqual({ median: 2, min: 2, max: 2 });
  });
});
