import { deflateSync } from 'node:zlib';
import { limits } from '../domain/limits.ts';
import { type PngChunk, readChunks, writeChunks } from './png-chunks.ts';
import { shrunk } from './shrink-picture.ts';

/** What a still picture needs. The rest goes: it may say where a photo was taken, or hold a card. */
const needed = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'sRGB', 'gAMA', 'cHRM', 'iCCP']);
const prefix = 'data:image/png;base64,';

/** The picture of a PNG as a `data:` URL, made smaller where it is too large for an avatar; undefined where it cannot be. */
export function avatarOf(chunks: readonly PngChunk[]): string | undefined {
  const picture = chunks.filter(({ type }) => needed.has(type));
  const whole = urlOf(picture);
  if (whole !== undefined) return whole;
  for (const size of sizes) {
    const small = shrunk(picture, size, size * 1.5);
    const url = small && urlOf(small);
    if (small === undefined || url !== undefined) return url;
  }
  return undefined;
}

/** Widths an avatar is made smaller to; at the second any picture fits. */
const sizes = [256, 200];

function urlOf(chunks: readonly PngChunk[]): string | undefined {
  const url = prefix + writeChunks(chunks).toString('base64');
  return url.length <= limits.avatar ? url : undefined;
}

/** The chunks of an avatar that is a PNG. */
export function pngOf(avatar: string | undefined): PngChunk[] | undefined {
  if (avatar === undefined || !avatar.startsWith(prefix)) return undefined;
  try {
    const chunks = readChunks(Buffer.from(avatar.slice(prefix.length), 'base64'));
    return chunks.filter(({ type }) => needed.has(type));
  } catch {
    // Shown by a browser or not, it is nothing that a card could be put into.
    return undefined;
  }
}

const [width, height] = [400, 600];

/** A picture of one colour, which the name decides: for bots that have none. */
export function plainPicture(name: string): PngChunk[] {
  const hue = [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 0xffffff, 7);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // One bit a pixel, looked up in a palette.
  header.set([1, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (1 + width / 8));
  return [
    { type: 'IHDR', data: header },
    {
      type: 'PLTE',
      data: Buffer.from([hue >> 16, (hue >> 8) & 255, hue & 255]).map((part) => 64 + part / 2),
    },
    { type: 'IDAT', data: deflateSync(rows) },
    { type: 'IEND', data: new Uint8Array() },
  ];
}
