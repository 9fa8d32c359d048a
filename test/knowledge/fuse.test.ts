import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuse } from '../../src/knowledge/search/fuse.ts';
import { runs } from '../support/runs.ts';

const ranking = fc.uniqueArray(fc.constantFrom(...'abcdefghijkl'), { maxLength: 12 });
const keys = (rankings: string[][]) => fuse(rankings).map(({ key }) => key);

test('[LB15] one ranking alone, or twice the same, keeps its order', () => {
  fc.assert(
    fc.property(ranking, (one) => {
      expect(keys([one])).toEqual(one);
      expect(keys([one, one])).toEqual(one);
      expect(keys([one, []])).toEqual(one);
      expect(keys([[], one])).toEqual(one);
    }),
    runs(200),
  );
});

test('[LB15] of two rankings nothing is lost or told twice, and what is better in both comes first', () => {
  fc.assert(
    fc.property(ranking, ranking, (one, two) => {
      const fused = keys([one, two]);
      expect([...fused].sort()).toEqual([...new Set([...one, ...two])].sort());
      const place = (list: string[], key: string) => (list.includes(key) ? list.indexOf(key) : 99);
      for (const a of fused)
        for (const b of fused) {
          const isBetter = place(one, a) < place(one, b) && place(two, a) < place(two, b);
          if (isBetter) expect(fused.indexOf(a)).toBeLessThan(fused.indexOf(b));
        }
      const scores = fuse([one, two]).map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    }),
    runs(200),
  );
});

test('[LB15] the order of the rankings decides only between what scores the same', () => {
  fc.assert(
    fc.property(ranking, ranking, (one, two) => {
      const scores = (rankings: string[][]) => new Map(fuse(rankings).map(({ key, score }) => [key, score]));
      const [there, back] = [scores([one, two]), scores([two, one])];
      for (const [key, score] of there) expect(back.get(key)).toBeCloseTo(score, 12);
    }),
    runs(200),
  );
  expect(keys([['a'], ['b']])).toEqual(['a', 'b']);
  expect(
    keys([
      ['a', 'b', 'c'],
      ['c', 'd'],
    ]),
  ).toEqual(['c', 'a', 'b', 'd']);
});
