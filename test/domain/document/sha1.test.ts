import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha1 } from '../../../src/domain/document/sha1.ts';
import { runs } from '../../support/runs.ts';

test.each([
  ['', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ['abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '84983e441c3bd26ebaae4aa1f95129e5e54670f1'],
  ['a'.repeat(1_000_000), '34aa973cd4c4daa4f61eeb2bdbad27316534016f'],
])('[DO3] the published SHA-1 of a text', (text, digest) => {
  expect(sha1(text)).toBe(digest);
});

test.each(Array.from({ length: 130 }, (_, length) => length))(
  '[DO3] at %i bytes, around its blocks',
  (length) => {
    expect(sha1('é'.repeat(length))).toBe(createHash('sha1').update('é'.repeat(length)).digest('hex'));
  },
);

test('[DO3] of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(sha1(text)).toBe(createHash('sha1').update(text).digest('hex'));
    }),
    runs(300),
  );
});
