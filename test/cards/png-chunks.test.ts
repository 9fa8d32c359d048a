import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainPicture } from '../../src/cards/picture.ts';
import { type PngChunk, readChunks, textChunk, textOf, writeChunks } from '../../src/cards/png-chunks.ts';
import { refusalOf } from '../support/test-room.ts';

const [header, ...rest] = plainPicture('Ada') as [PngChunk, ...PngChunk[]];
const chunk = fc.record({
  type: fc.stringMatching(/^[A-Za-z]{4}$/).filter((type) => type !== 'IEND'),
  data: fc.uint8Array({ maxLength: 300 }),
});
const bytesOf = (chunks: readonly PngChunk[]) => chunks.map(({ type, data }) => [type, ...data]);

test('[CC1] whatever chunks a PNG has, they are read as they were written', () => {
  fc.assert(
    fc.property(fc.array(chunk), (between) => {
      const chunks = [header, ...between, { type: 'IEND', data: new Uint8Array() }];
      expect(bytesOf(readChunks(writeChunks(chunks)))).toEqual(bytesOf(chunks));
    }),
  );
});

test('[CC1] a text chunk is found by its keyword, in whatever case, the first of several', () => {
  const base64 = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('base64'));
  fc.assert(
    fc.property(base64, (text) => {
      const chunks = [
        header,
        textChunk('Other', 'x'),
        textChunk('CCv3', text),
        textChunk('ccv3', 'second'),
        ...rest,
      ];
      expect(textOf(readChunks(writeChunks(chunks)), 'ccv3')).toBe(text);
    }),
  );
  expect(textOf([{ type: 'tEXt', data: new Uint8Array() }], 'ccv3')).toBeUndefined();
});

test('[CC2] a PNG that was cut, or changed in any byte that is checked, is refused', () => {
  const good = writeChunks([header, textChunk('chara', 'abc'), ...rest]);
  fc.assert(
    fc.property(fc.nat({ max: good.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = Buffer.from(good);
      changed[at] = (changed[at] ?? 0) ^ flip;
      expect(refusalOf(() => readChunks(changed))).toBe('invalid');
      expect(refusalOf(() => readChunks(good.subarray(0, at)))).toBe('invalid');
    }),
  );
});

test('[CC2] any bytes are read or refused', () => {
  const png = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.concat([writeChunks([]), bytes]));
  fc.assert(
    fc.property(png, (bytes) => {
      expect(refusalOf(() => readChunks(bytes))).toBe('invalid');
    }),
  );
});

test('[CC2] millions of empty parts are given up early', () => {
  const part = writeChunks([{ type: 'teXt', data: new Uint8Array() }]).subarray(8);
  const many = Buffer.concat([writeChunks([header]), ...Array.from({ length: 30_000 }, () => part)]);
  expect(() => readChunks(many)).toThrow('too many parts');
});
