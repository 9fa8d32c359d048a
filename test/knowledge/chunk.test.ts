import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunk, chunkSizes } from '../../src/knowledge/chunk.ts';
import type { Piece, PieceKind, Section } from '../../src/knowledge/extract/extracted.ts';
import { runs } from '../support/runs.ts';

const sentence = fc
  .array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 30 })
  .map((words) => `${words.join(' ').trim()}x.`);
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 40 }).map((all) => all.join(' '));
const row = fc.integer({ min: 1, max: 99 }).map((n) => `| row ${n} | ${'cell '.repeat(n)}|`);
const code = fc
  .integer({ min: 1, max: 120 })
  .map((n) => ['```', ...Array(n).fill('  call(one, two);'), '```'].join('\n'));
const long = fc.integer({ min: 1, max: 6_000 }).map((n) => '\u{1F56F}'.repeat(n));

const of = (kind: PieceKind, text: fc.Arbitrary<string>) => text.map((text): Piece => ({ kind, text }));
const rows = fc.array(row, { minLength: 2, maxLength: 40 }).map((all) => all.join('\n'));
const items = fc
  .array(sentence, { minLength: 1, maxLength: 60 })
  .map((all) => all.map((one) => `- ${one}`).join('\n'));
const piece = fc.oneof(
  of('paragraph', paragraph),
  of('table', rows),
  of('code', code),
  of('list', items),
  of('code', long),
);
const sections: fc.Arbitrary<Section[]> = fc.array(
  fc
    .record({ pieces: fc.array(piece, { maxLength: 8, size: 'max' }), name: fc.nat(99) })
    .map(({ pieces, name }) => ({
      heading: `Part ${name}`,
      anchor: `part-${name}`,
      pieces,
    })),
  { maxLength: 5 },
);

const bare = (text: string) => text.replace(/\s+/g, '');

describe('[LB6] a file cut into passages', () => {
  test('loses nothing, keeps the order and the size', () => {
    fc.assert(
      fc.property(sections, (all) => {
        const chunks = chunk(all);
        const wanted = all.flatMap(({ heading, pieces }) =>
          pieces.length === 0 ? [heading] : pieces.map(({ text }) => text),
        );
        expect(bare(chunks.map(({ text }) => text).join(''))).toBe(bare(wanted.join('')));
        expect(chunks.map(({ ordinal }) => ordinal)).toEqual(chunks.map((_, index) => index));
        for (const { text } of chunks) {
          expect(text.length).toBeLessThanOrEqual(chunkSizes.most);
          expect(text.isWellFormed()).toBe(true);
          expect(text.trim()).not.toBe('');
        }
      }),
      runs(100),
    );
  });

  test('cuts no fence that fits, and no row or line', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(of('table', rows), of('code', code)), { maxLength: 6 }), (pieces) => {
        const texts = chunk([{ heading: 'A', anchor: 'a', pieces }]).map(({ text }) => text);
        for (const { text } of pieces) {
          if (text.length <= chunkSizes.most) expect(texts.some((one) => one.includes(text))).toBe(true);
          for (const line of text.split('\n')) expect(texts.some((one) => one.includes(line))).toBe(true);
        }
      }),
      runs(100),
    );
  });

  test('has them about 1,200 characters long', () => {
    const pieces: Piece[] = Array.from({ length: 200 }, (_, n) => ({
      kind: 'paragraph',
      text: `Paragraph ${n}. ${'The keeper lights the lamp at dusk. '.repeat(1 + (n % 7))}`.trim(),
    }));
    const lengths = chunk([{ heading: 'A', anchor: 'a', pieces }]).map(({ text }) => text.length);
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    expect(mean).toBeGreaterThan(900);
    expect(mean).toBeLessThan(1_400);
  });
});

test('[LB6] a passage belongs to one section, and knows it', () => {
  const text = 'The keeper lights the lamp.';
  const chunks = chunk([
    { heading: '', anchor: '', pieces: [{ kind: 'paragraph', text: 'Before.' }] },
    { heading: 'All', anchor: 'all', pieces: [] },
    { heading: 'Lamps', anchor: 'lamps', pieces: [{ kind: 'paragraph', text }] },
  ]);
  expect(chunks).toEqual([
    { ordinal: 0, heading: '', anchor: '', text: 'Before.' },
    { ordinal: 1, heading: 'Lamps', anchor: 'lamps', text: `All\n\n${text}` },
  ]);
});

test('[LB6] a passage of a recording says from when to when it is', () => {
  const pieces: Piece[] = Array.from({ length: 60 }, (_, n) => ({
    kind: 'cue',
    text: `Sentence ${n} of what was said that day.`,
    start: n * 1_000,
    end: n * 1_000 + 900,
  }));
  const chunks = chunk([{ heading: '', anchor: '', pieces }]);
  expect(chunks.length).toBeGreaterThan(1);
  expect([chunks[0]?.start, chunks.at(-1)?.end]).toEqual([0, 59_900]);
  for (const { text, start = -1, end = -1 } of chunks) {
    const numbers = [...text.matchAll(/Sentence (\d+)/g)].map((match) => Number(match[1]));
    expect([start, end]).toEqual([(numbers[0] ?? 0) * 1_000, (numbers.at(-1) ?? 0) * 1_000 + 900]);
  }
});
