import { deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { avatarOf, pngOf } from '../../src/cards/picture.ts';
import type { PngChunk } from '../../src/cards/png-chunks.ts';
import { shrunk } from '../../src/cards/shrink-picture.ts';

/** A picture whose rows are given as a PNG holds them, each behind the number of its filter. */
function picture(
  width: number,
  height: number,
  colour: number,
  rows: Uint8Array,
  more: PngChunk[] = [],
): PngChunk[] {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colour, 0, 0, 0], 8);
  return [{ type: 'IHDR', data: header }, ...more, { type: 'IDAT', data: deflateSync(rows) }];
}

const sizeOf = (chunks: readonly PngChunk[] | undefined) => {
  const header = Buffer.from(chunks?.[0]?.data ?? []);
  return [header.readUInt32BE(0), header.readUInt32BE(4)];
};

/** Shrinks to one pixel and then reads that. */
function colourOf(chunks: PngChunk[]): number[] {
  const [header, data] = shrunk(chunks, 1, 1) ?? [];
  const small = shrunk(
    [header, data].filter((chunk) => chunk !== undefined),
    1,
    1,
  );
  expect(small).toEqual(shrunk(chunks, 1, 1));
  return [...pixels(data)].slice(1);
}
const pixels = (chunk: PngChunk | undefined) => inflateSync(chunk?.data ?? new Uint8Array());

test.each<[string, number, number[], PngChunk[], number[]]>([
  ['grey', 0, [0, 10, 30, 0, 50, 70], [], [40, 40, 40]],
  ['colour', 2, [0, 10, 0, 4, 30, 0, 4, 0, 50, 8, 4, 70, 8, 4], [], [40, 4, 4]],
  ['grey with alpha', 4, [0, 10, 255, 30, 255, 0, 50, 255, 70, 255], [], [40, 40, 40]],
  [
    'what is transparent does not count',
    6,
    [0, 9, 9, 9, 0, 9, 9, 9, 0, 0, 9, 9, 9, 0, 80, 60, 40, 200],
    [],
    [80, 60, 40, 50],
  ],
  [
    'a palette',
    3,
    [0, 0, 1, 0, 1, 0],
    [{ type: 'PLTE', data: Buffer.from([10, 20, 30, 30, 40, 50]) }],
    [20, 30, 40],
  ],
  ['differences to the left', 2, [1, 10, 0, 4, 20, 0, 0, 1, 50, 8, 4, 20, 0, 0], [], [40, 4, 4]],
  ['differences to above', 0, [0, 10, 30, 2, 40, 40], [], [40, 40, 40]],
  ['differences to both', 0, [0, 10, 30, 3, 45, 30], [], [40, 40, 40]],
  ['differences to the nearest', 0, [4, 10, 20, 4, 40, 20], [], [40, 40, 40]],
])('[CC5] %s is averaged', (_, colour, rows, more, expected) => {
  expect(colourOf(picture(2, 2, colour, Uint8Array.from(rows), more))).toEqual(expected);
});

test('[CC5] a picture too large for an avatar is made smaller, and keeps its shape', () => {
  let seed = 1;
  const noise = Uint8Array.from({ length: 900 * (1 + 600 * 3) }, (_, index) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return index % 1_801 === 0 ? 0 : seed >> 16;
  });
  const [width = 0, height = 0] = sizeOf(
    pngOf(avatarOf([...picture(600, 900, 2, noise), { type: 'IEND', data: new Uint8Array() }])),
  );
  expect(width).toBeGreaterThan(100);
  expect(height / width).toBeCloseTo(1.5, 1);
});

test('[CC2] [CC5] whatever a picture says of itself, it is made smaller or left out', () => {
  const odd = fc.record({
    header: fc.uint8Array({ minLength: 0, maxLength: 13 }),
    rows: fc.uint8Array({ maxLength: 400 }),
    packed: fc.boolean(),
  });
  fc.assert(
    fc.property(odd, ({ header, rows, packed }) => {
      const data = packed ? deflateSync(rows) : rows;
      const small = shrunk(
        [
          { type: 'IHDR', data: header },
          { type: 'IDAT', data },
        ],
        10,
        10,
      );
      expect(small === undefined || small.length === 3).toBe(true);
    }),
  );
  const bomb = deflateSync(new Uint8Array(50_000_000));
  const [header] = picture(10, 10, 2, new Uint8Array());
  expect(shrunk([header as PngChunk, { type: 'IDAT', data: bomb }], 10, 10)).toBeUndefined();
});
