import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSlices } from '../../src/lib/slices.ts';

test('[LT3] what costs more than a turn of the event loop may goes on in the turns after it', async () => {
  const run = createSlices(10);
  const done: string[] = [];
  for (const name of ['a', 'b', 'c', 'd', 'e']) run(4, () => done.push(name));
  expect(done).toEqual(['a', 'b', 'c']);
  await nextTurn();
  expect(done).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('[LT3] what comes later waits behind what waits, and can be cancelled', async () => {
  const run = createSlices(1);
  const done: string[] = [];
  expect(run(1, () => done.push('first'))).toBeUndefined();
  run(1, () => done.push('second'));
  run(1, () => done.push('third'))?.();
  run(1, () => done.push('fourth'));
  expect(done).toEqual(['first']);
  await nextTurn();
  expect(done).toEqual(['first', 'second']);
  run(1, () => done.push('fifth'));
  await nextTurn();
  await nextTurn();
  expect(done).toEqual(['first', 'second', 'fourth', 'fifth']);
});

test('[LT3] each piece runs once and in order, and a turn that has spent its share takes on no more', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 20 }), { maxLength: 40 }), async (costs) => {
      const run = createSlices(10);
      const done: number[] = [];
      const spentBefore: number[] = [];
      let spent = 0;
      costs.forEach((cost, index) => {
        run(cost, () => {
          spentBefore.push(spent);
          spent += cost;
          done.push(index);
        });
      });
      for (let turns = 0; done.length < costs.length && turns < costs.length; turns += 1) {
        spent = 0;
        await nextTurn();
      }
      expect(done).toEqual([...costs.keys()]);
      expect(Math.max(0, ...spentBefore)).toBeLessThan(10);
    }),
  ));
