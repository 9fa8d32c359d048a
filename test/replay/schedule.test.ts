import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { schedule } from '../../scripts/replay/schedule.ts';

const minute = 60_000;
const day = 24 * 60;
const stampOf = (minutes: number) =>
  [Math.floor(minutes / 60) % 24, minutes % 60].map((n) => String(n).padStart(2, '0')).join(':');

describe('a schedule', () => {
  test('begins at once and spreads the messages of a minute over it', () => {
    expect(schedule(['10:01', '10:01', '10:01', '10:03'])).toEqual([0, 20_000, 40_000, 2 * minute]);
  });

  test('goes on after midnight', () => {
    expect(schedule(['23:59', '00:01'])).toEqual([0, 2 * minute]);
  });

  test('takes a step back for the same minute', () => {
    expect(schedule(['10:05', '10:04', '10:05', '10:06'])).toEqual([0, 20_000, 40_000, minute]);
    expect(schedule(['12:00', '01:00'])).toEqual([0, minute / 2]);
  });

  test('of nothing is empty', () => {
    expect(schedule([])).toEqual([]);
  });

  test('keeps every message in its minute and in its place', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: day / 2 - 1 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: day - 1 }), gaps, (first, steps) => {
        const minutes = [first];
        for (const step of steps) minutes.push((minutes.at(-1) ?? 0) + step);
        const due = schedule(minutes.map(stampOf));
        expect(due[0]).toBe(0);
        for (const [index, at] of minutes.entries()) {
          expect(Math.floor((due[index] ?? -1) / minute)).toBe(at - first);
          if (index > 0) expect(due[index]).toBeGreaterThan(due[index - 1] ?? 0);
        }
      }),
    );
  });

  test('never goes back, whatever the stamps say', () => {
    const stamps = fc.array(fc.integer({ min: 0, max: day - 1 }).map(stampOf), { maxLength: 60 });
    fc.assert(
      fc.property(stamps, (all) => {
        const due = schedule(all);
        expect(due).toHaveLength(all.length);
        expect(due).toEqual(due.toSorted((a, b) => a - b));
      }),
    );
  });
});
