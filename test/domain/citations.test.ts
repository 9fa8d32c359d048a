import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CitationChecker } from '../../src/domain/citations.ts';
import { runs } from '../support/runs.ts';

function check(offered: number[], pieces: readonly string[]) {
  const checker = new CitationChecker(offered);
  const parts = [...pieces.map((piece) => checker.push(piece)), checker.end()];
  return { text: parts.map(({ text }) => text).join(''), numbers: parts.flatMap(({ numbers }) => numbers) };
}

test('[CI1] numbers that were offered are citations; others go, with the space before them', () => {
  expect(check([1, 3], ['It is so [1]. Or so [2], and [3][1].'])).toEqual({
    text: 'It is so [1]. Or so, and [3][1].',
    numbers: [1, 3],
  });
  expect(check([1, 3], ['Both [1, 2; 3] and [ 2 ].']).text).toBe('Both [1][3] and.');
  expect(check([], ['None [1].']).text).toBe('None.');
});

test('[CI2] in code and in links brackets are not citations', () => {
  const code = 'Use `a[1]` and\n```\nb[2] = c[3]\n```\nthen [4](https://x) and [5]: note';
  expect(check([1], [code])).toEqual({ text: code, numbers: [] });
});

test('[CI3] whatever a model says and however it splits, no citation points to what was not offered', () => {
  const bit = fc.oneof(
    fc.constantFrom(
      '[1]',
      '[2]',
      '[3]',
      '[12]',
      '[1, 2]',
      '[',
      ']',
      '[1',
      ' [',
      '\n',
      '`',
      '```\n',
      '[x]',
      '[1](',
      '[2]:',
      '[ 3 ;1]',
    ),
    fc.string({ unit: fc.constantFrom('a', ' ', '1', '2', '[', ']', ',', '\n', '`'), maxLength: 5 }),
  );
  fc.assert(
    fc.property(
      fc.array(bit, { maxLength: 14 }),
      fc.subarray([1, 2, 3, 12]),
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
      (bits, offered, lengths) => {
        const whole = bits.join('');
        const pieces: string[] = [];
        for (let at = 0, index = 0; at < whole.length; index += 1) {
          const length = lengths[index % lengths.length] ?? 1;
          pieces.push(whole.slice(at, at + length));
          at += length;
        }
        const split = check(offered, pieces);
        expect(split).toEqual(check(offered, [whole]));
        for (const number of split.numbers) expect(offered).toContain(number);
        // Nothing else is lost: but for what citations are made of, the text is what it was.
        const bare = (text: string) => text.replace(/[[\]\d\s,;]/g, '');
        expect(bare(split.text)).toBe(bare(whole));
      },
    ),
    runs(3_000),
  );
});
