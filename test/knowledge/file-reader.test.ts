import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createFileReader, defaultReadLimits } from '../../src/knowledge/file-reader.ts';
import { tinyPdf } from '../support/tiny-pdf.ts';

const bytes = (text: string) => Buffer.from(text);
const read = createFileReader();

test('[LB3] a file is read in a thread of its own', async () => {
  const file = await read(bytes('# Lamps\n\nThe keeper lights createLamp().'), 'lamps.md');
  expect(file).toEqual({
    format: 'md',
    title: 'Lamps',
    chunks: [
      {
        ordinal: 0,
        heading: 'Lamps',
        anchor: 'lamps',
        text: 'The keeper lights createLamp().',
        headingWords: 'lamp',
        words: 'the keeper light createlamp creat lamp',
      },
    ],
  });
});

test('[LB5] a file is refused by its size, an empty one by being empty', async () => {
  await expect(read(new Uint8Array(0), 'x.md')).rejects.toMatchObject({ code: 'invalid' });
  const large = new Uint8Array(defaultReadLimits.bytes + 1);
  await expect(read(large, 'x.md')).rejects.toMatchObject({ code: 'too_large' });
  await expect(read(bytes('word '.repeat(1_500_000)), 'x.txt')).rejects.toMatchObject({ code: 'too_large' });
  const pages = Array.from({ length: 2_001 }, () => [{ text: 'a' }]);
  await expect(read(tinyPdf(pages), 'x.pdf')).rejects.toMatchObject({ code: 'too_large' });
});

test('[LB5] what takes too long is ended', async () => {
  const impatient = createFileReader({ ...defaultReadLimits, time: 1 });
  await expect(impatient(bytes('# a\n'.repeat(100_000)), 'x.md')).rejects.toMatchObject({
    code: 'unprocessable',
    message: expect.stringContaining('longer than'),
  });
});

test('[LB5] what unpacks to more than there is room for is ended', async () => {
  const content = deflateSync(Buffer.alloc(300_000_000, ' '));
  const bomb = tinyPdf([{ content, filter: '/Filter /FlateDecode' }]);
  const careful = createFileReader({ ...defaultReadLimits, outside: 128 });
  await expect(careful(bomb, 'x.pdf')).rejects.toMatchObject({
    code: 'unprocessable',
    message: expect.stringContaining('memory'),
  });
  const small = createFileReader({ ...defaultReadLimits, heap: 16 });
  await expect(small(bytes('<b><p>'.repeat(200_000)), 'x.html')).rejects.toMatchObject({
    message: expect.stringContaining('memory'),
  });
});

test('[LB5] what cannot be read ends nothing but itself', async () => {
  const deep = bytes(`${'<div>'.repeat(200_000)}x`);
  await expect(read(deep, 'x.html')).rejects.toMatchObject({ code: 'unprocessable' });
  expect((await read(bytes('still here'), 'x.txt')).chunks).toHaveLength(1);
});

test('[LB5] some are read at once, some wait, and more are told to come again', async () => {
  const narrow = createFileReader({ ...defaultReadLimits, atOnce: 1, waiting: 1 });
  const all = await Promise.allSettled([1, 2, 3].map((n) => narrow(bytes(`file ${n}`), 'x.txt')));
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect(all[2]).toMatchObject({ reason: { code: 'unavailable' } });
  expect((await narrow(bytes('file 4'), 'x.txt')).chunks[0]?.text).toBe('file 4');
});
