import { crc32 } from 'node:zlib';
import { KibitzError } from '../lib/errors.ts';

/** A chunk of a PNG: four letters that say what it is, and its bytes. */
export type PngChunk = { type: string; data: Uint8Array };

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Real pictures have some hundreds. */
const maxChunks = 20_000;
/** Length, type and checksum. */
const frame = 12;

const broken = (why: string) => new KibitzError('invalid', `The PNG is broken: ${why}.`, { field: 'file' });

export function isPng(bytes: Buffer): boolean {
  return bytes.subarray(0, signature.length).equals(signature);
}

/** The chunks of a PNG, from `IHDR` to `IEND`, their checksums checked; what comes behind is left out. */
export function readChunks(bytes: Buffer): PngChunk[] {
  if (!isPng(bytes)) throw broken('it does not begin as one');
  const chunks: PngChunk[] = [];
  let at = signature.length;
  while (chunks.at(-1)?.type !== 'IEND') {
    if (at + frame > bytes.length) throw broken('it ends early');
    const length = bytes.readUInt32BE(at);
    const end = at + frame + length;
    if (end > bytes.length) throw broken('a part is longer than the file');
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (!/^[A-Za-z]{4}$/.test(type)) throw broken('a part has no name');
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4))
      throw broken(`the checksum of ${type} is wrong`);
    if (chunks.length === 0 && (type !== 'IHDR' || length !== 13)) throw broken('it has no header');
    if (chunks.length === maxChunks) throw broken('it has too many parts');
    chunks.push({ type, data: bytes.subarray(at + 8, end - 4) });
    at = end;
  }
  return chunks;
}

export function writeChunks(chunks: readonly PngChunk[]): Buffer {
  const parts = chunks.map(({ type, data }) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const part = Buffer.alloc(body.length + 8);
    part.writeUInt32BE(data.length, 0);
    body.copy(part, 4);
    part.writeUInt32BE(crc32(body), body.length + 4);
    return part;
  });
  return Buffer.concat([signature, ...parts]);
}

/** A `tEXt` chunk: a keyword and Latin-1 text. */
export function textChunk(keyword: string, text: string): PngChunk {
  return { type: 'tEXt', data: Buffer.from(`${keyword}\0${text}`, 'latin1') };
}

/** The text of the first `tEXt` chunk with this keyword, in whatever case. */
export function textOf(chunks: readonly PngChunk[], keyword: string): string | undefined {
  for (const { type, data } of chunks) {
    if (type !== 'tEXt') continue;
    const end = data.indexOf(0);
    const name = Buffer.from(data.subarray(0, Math.max(0, end))).toString('latin1');
    if (name.toLowerCase() === keyword) return Buffer.from(data.subarray(end + 1)).toString('latin1');
  }
  return undefined;
}
