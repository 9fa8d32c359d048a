import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance } from '../../src/knowledge/search/edit-distance.ts';
import { summaryLength, summaryOf } from '../../src/knowledge/search/summary.ts';
import { wordsOf } from '../../src/knowledge/words.ts';
import { runs } from '../support/runs.ts';

test.each([
  ['lamp', 'lamp', 0],
  ['lamp', 'lmap', 1],
  ['lamp', 'lamps', 1],
  ['lamp', 'amp', 1],
  ['lamp', 'damp', 1],
  ['vinegar', 'vinager', 2],
  ['lamp', 'horn', 3],
])('[LB7] from %s to %s it is %i letters', (a, b, distance) => {
  expect(editDistance(a, b, 2)).toBe(distance);
  expect(editDistance(b, a, 2)).toBe(distance);
});

test('[LB7] a summary has at most 200 characters, of the passage', () => {
  const text = fc
    .array(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 60 })
    .map((all) => all.join(' '));
  fc.assert(
    fc.property(text, (passage) => {
      const summary = summaryOf(passage, new Set(wordsOf(passage).slice(0, 3)));
      expect(summary.length).toBeLessThanOrEqual(summaryLength);
      expect(summary.isWellFormed() || !passage.isWellFormed()).toBe(true);
    }),
    runs(200),
  );
  const long = `Nothing here. ${'The lamp burns on and on. '.repeat(20)}`;
  expect(summaryOf(long, new Set(['lamp']))).toMatch(/^The lamp burns .{100,190}…$/);
});
