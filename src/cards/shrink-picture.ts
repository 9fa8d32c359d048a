import { deflateSync, inflateSync } from 'node:zlib';
import type { PngChunk } from './png-chunks.ts';

/** Pixels that are looked at; more would hold up everybody else. */
const maxPixels = 2_000_000;
/** Values a pixel has, by PNG's colour types: grey, colour, palette, and the first two with alpha. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

type Pixels = { width: number; height: number; rgba: Uint8Array };

/**
 * A picture at most `width` × `height` large, for what is shown small. Undefined for pictures that are not read here: of
 * other depths than 8 bits, interlaced, huge or broken.
 */
export function shrunk(chunks: readonly PngChunk[], width: number, height: number): PngChunk[] | undefined {
  try {
    const pixels = decoded(chunks);
    if (pixels === undefined) return undefined;
    const by = Math.ceil(Math.max(pixels.width / width, pixels.height / height, 1));
    return encoded(averaged(pixels, by));
  } catch {
    // What cannot be unpacked is no picture; the card in it may be fine.
    return undefined;
  }
}

function decoded(chunks: readonly PngChunk[]): Pixels | undefined {
  const dataOf = (type: string) => chunks.filter((chunk) => chunk.type === type).map(({ data }) => data);
  const header = Buffer.from(dataOf('IHDR')[0] ?? []);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colour = -1, , , interlace] = header.subarray(8);
  const size = samples[colour];
  if (depth !== 8 || interlace !== 0 || size === undefined || width === 0 || height === 0) return undefined;
  if (width * height > maxPixels) return undefined;
  const length = height * (1 + width * size);
  const raw = inflateSync(Buffer.concat(dataOf('IDAT')), { maxOutputLength: length });
  if (raw.length < length) return undefined;
  const values = unfiltered(raw, height, width * size, size);
  const [palette, alpha] = [dataOf('PLTE')[0], colour === 3 ? dataOf('tRNS')[0] : undefined];
  const rgba = new Uint8Array(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const [at, to] = [pixel * size, pixel * 4];
    const first = values[at] ?? 0;
    const isGrey = colour === 0 || colour === 4;
    for (let part = 0; part < 3; part += 1) {
      rgba[to + part] =
        colour === 3 ? (palette?.[first * 3 + part] ?? 0) : (values[isGrey ? at : at + part] ?? 0);
    }
    rgba[to + 3] =
      colour === 3 ? (alpha?.[first] ?? 255) : size % 2 === 0 ? (values[at + size - 1] ?? 0) : 255;
  }
  return { width, height, rgba };
}

/** The rows as they were before each was told by its difference from its neighbours. */
function unfiltered(raw: Uint8Array, height: number, stride: number, size: number): Uint8Array {
  const out = new Uint8Array(height * stride);
  for (let row = 0; row < height; row += 1) {
    const filter = raw[row * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const at = row * stride + x;
      const left = x >= size ? (out[at - size] ?? 0) : 0;
      const up = row > 0 ? (out[at - stride] ?? 0) : 0;
      const corner = x >= size && row > 0 ? (out[at - stride - size] ?? 0) : 0;
      const value = raw[row * (stride + 1) + 1 + x] ?? 0;
      out[at] = value + predicted(filter, left, up, corner);
    }
  }
  return out;
}

function predicted(filter: number | undefined, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const estimate = left + up - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** Each `by` × `by` pixels as one; what is transparent has no say in the colour. */
function averaged({ width, height, rgba }: Pixels, by: number): Pixels {
  const small = { width: Math.max(1, Math.floor(width / by)), height: Math.max(1, Math.floor(height / by)) };
  const out = new Uint8Array(small.width * small.height * 4);
  for (let y = 0; y < small.height; y += 1) {
    for (let x = 0; x < small.width; x += 1) {
      let [red, green, blue, alpha, count] = [0, 0, 0, 0, 0];
      for (let row = y * by; row < Math.min(height, (y + 1) * by); row += 1) {
        for (let column = x * by; column < Math.min(width, (x + 1) * by); column += 1) {
          const at = (row * width + column) * 4;
          const weight = rgba[at + 3] ?? 0;
          red += (rgba[at] ?? 0) * weight;
          green += (rgba[at + 1] ?? 0) * weight;
          blue += (rgba[at + 2] ?? 0) * weight;
          alpha += weight;
          count += 1;
        }
      }
      const weight = Math.max(1, alpha);
      out.set([red / weight, green / weight, blue / weight, alpha / count], (y * small.width + x) * 4);
    }
  }
  return { ...small, rgba: out };
}

/** Eight bits a value, with alpha only where it says something; each value told by its difference from the left one. */
function encoded({ width, height, rgba }: Pixels): PngChunk[] {
  const isOpaque = rgba.every((value, index) => index % 4 !== 3 || value === 255);
  const size = isOpaque ? 3 : 4;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, isOpaque ? 2 : 6, 0, 0, 0], 8);
  const rows = new Uint8Array(height * (1 + width * size));
  for (let row = 0; row < height; row += 1) {
    const start = row * (1 + width * size);
    rows[start] = 1;
    for (let x = 0; x < width; x += 1) {
      for (let part = 0; part < size; part += 1) {
        const at = (row * width + x) * 4 + part;
        rows[start + 1 + x * size + part] = (rgba[at] ?? 0) - (x > 0 ? (rgba[at - 4] ?? 0) : 0);
      }
    }
  }
  return [
    { type: 'IHDR', data: header },
    { type: 'IDAT', data: deflateSync(rows, { level: 9 }) },
    { type: 'IEND', data: new Uint8Array() },
  ];
}
