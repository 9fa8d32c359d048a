/**
 * The SHA-1 of a text in UTF-8, as hexadecimal digits. It names blocks by what they say and protects nothing; the browser’s
 * own digest is asynchronous, which a rule cannot be.
 * https://www.rfc-editor.org/rfc/rfc3174
 */
export function sha1(text: string): string {
  const bytes = padded(new TextEncoder().encode(text));
  const hash = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
  const words = new Uint32Array(80);
  for (let start = 0; start < bytes.byteLength; start += 64) addChunk(hash, words, bytes, start);
  return [...hash].map((word) => word.toString(16).padStart(8, '0')).join('');
}

/** The bytes, a single bit, zeros, and the length in bits: a multiple of 64 bytes. */
function padded(bytes: Uint8Array): DataView {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const whole = new Uint8Array(length);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setBigUint64(length - 8, BigInt(bytes.length) * 8n);
  return view;
}

function addChunk(hash: Uint32Array, words: Uint32Array, bytes: DataView, start: number): void {
  for (let index = 0; index < 16; index += 1) words[index] = bytes.getUint32(start + index * 4);
  for (let index = 16; index < 80; index += 1) {
    const mixed = at(words, index - 3) ^ at(words, index - 8) ^ at(words, index - 14) ^ at(words, index - 16);
    words[index] = rotated(mixed, 1);
  }
  let [a, b, c, d, e] = hash as unknown as [number, number, number, number, number];
  for (let index = 0; index < 80; index += 1) {
    const next = (rotated(a, 5) + round(index, b, c, d) + e + at(words, index)) | 0;
    [a, b, c, d, e] = [next, a, rotated(b, 30), c, d];
  }
  [a, b, c, d, e].forEach((value, index) => {
    hash[index] = at(hash, index) + value;
  });
}

/** What the three words in the middle add in a round, with its constant. */
function round(index: number, b: number, c: number, d: number): number {
  if (index < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (index < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (index < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** Typed arrays have a number at every index they have. */
function at(words: Uint32Array, index: number): number {
  return words[index] as number;
}
