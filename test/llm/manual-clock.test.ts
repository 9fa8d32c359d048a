import { expect, test } from 'vitest';
import { createManualClock } from '../support/manual-clock.ts';

test('due timers run in order, with those they set, at their own time', () => {
  const clock = createManualClock();
  const seen: [string, number][] = [];
  const note = (name: string) => () => void seen.push([name, clock.monotonic()]);
  clock.after(30, note('late'));
  clock.after(10, () => {
    note('early')();
    clock.after(5, note('nested'));
  });
  const cancel = clock.after(20, note('cancelled'));
  clock.after(10, note('early too'));
  cancel();
  clock.advance(29);
  expect(seen).toEqual([
    ['early', 10],
    ['early too', 10],
    ['nested', 15],
  ]);
  expect([clock.monotonic(), clock.pending]).toEqual([29, 1]);
  clock.advance(1);
  expect(seen.at(-1)).toEqual(['late', 30]);
});
