import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beginsAfter, type Shape } from '../../bench/fanout/shape.ts';
import { askedAt, eachStamp, nowMicros, question, stamp, stampLength } from '../../bench/fanout/stamp.ts';
import { createTally } from '../../bench/fanout/tally.ts';
import { createTokenSource } from '../../bench/fanout/token-source.ts';

const micros = fc.integer({ min: 0, max: 36 ** (stampLength - 1) - 1 });

function stampsOf(frame: string): number[] {
  const found: number[] = [];
  eachStamp(frame, (due) => void found.push(due));
  return found;
}

describe('a stamped token', () => {
  test('says when it was due, however many share a frame', () => {
    fc.assert(
      fc.property(fc.array(micros, { maxLength: 20 }), (all) => {
        const text = all.map(stamp).join('');
        expect(text).toHaveLength(all.length * stampLength);
        expect(stampsOf(`42["token",{"roomId":"a-b_c","offset":0,"text":"${text}"}]`)).toEqual(all);
      }),
    );
  });
});

describe('a question', () => {
  test('says when it was to be asked; of several in a request the last counts', () => {
    fc.assert(
      fc.property(micros, micros, (earlier, later) => {
        const reply = `${stamp(later + 1)}${stamp(later + 2)}`;
        const request = JSON.stringify([question(earlier), reply, question(later)]);
        expect(askedAt(request)).toBe(later);
      }),
    );
    expect(askedAt('Question 1? ~00000000z')).toBe(undefined);
  });
});

describe('replies that begin one after the other', () => {
  test('do so within the spread, at even distances', () => {
    const shape: Shape = { rooms: 4, tabs: 1, rate: 10, seconds: 1, spread: 2 };
    expect([0, 1, 2, 3].map((room) => beginsAfter(shape, room))).toEqual([0, 500_000, 1_000_000, 1_500_000]);
  });
});

describe('a token source', () => {
  test('keeps to its schedule, however irregularly it is asked', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 400_000 }), { maxLength: 40 });
    fc.assert(
      fc.property(waits, (gaps) => {
        const source = createTokenSource(1_000, 50, 30);
        const given: number[] = [];
        let now = 1_000;
        for (const gap of [...gaps, 10_000_000]) {
          now += gap;
          given.push(...source.due(now).flatMap(stampsOf));
          expect(given.at(-1) ?? 0).toBeLessThanOrEqual(now);
        }
        expect(source.isOver).toBe(true);
        expect(given).toEqual(Array.from({ length: 30 }, (_, index) => 1_000 + index * 20_000));
      }),
    );
  });
});

describe('a tally', () => {
  const shape: Shape = { rooms: 1, tabs: 2, rate: 10, seconds: 0.2, spread: 0 };

  test('counts every token in every tab, late from when it was due', async () => {
    const due = nowMicros() - 50_000;
    const tally = createTally(shape, due);
    for (let tab = 0; tab < 2; tab += 1) tally.take(`["${stamp(due)}${stamp(due + 10_000)}"]`);
    const outcome = await tally.outcome();
    expect(outcome).toMatchObject({ frames: 2, tokens: 4, expected: 4 });
    expect(outcome.p50).toBeGreaterThanOrEqual(40);
    expect(outcome.p99).toBeGreaterThan(outcome.p50);
    expect(outcome.seconds).toBeGreaterThanOrEqual(0.05);
  });

  test('takes nothing from the run before, and counts what never comes as infinitely late', async () => {
    const start = nowMicros() - 1_900_000;
    const tally = createTally({ ...shape, seconds: 0.2 }, start);
    tally.take(`["${stamp(start - 1_000)}${stamp(start)}"]`);
    tally.take(`["${stamp(start)}${stamp(start + 100_000)}"]`);
    const outcome = await tally.outcome();
    expect(outcome).toMatchObject({ tokens: 3, expected: 4, prompt: 0, p99: Number.POSITIVE_INFINITY });
    expect(outcome.p50).toBeLessThan(Number.POSITIVE_INFINITY);
  });
});
