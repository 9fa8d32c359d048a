const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A source of identifiers; a port, so that tests can count them. */
export type NewId = () => string;

/** Random bytes are fetched many at a time: a call for each id costs more than the id. */
const pool = new Uint8Array(2_048);
let used = pool.length;

/** `length` URL-safe characters of 6 random bits each. */
function randomString(length: number): string {
  if (used + length > pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  let text = '';
  for (const byte of pool.subarray(used, used + length)) text += alphabet[byte & 63];
  used += length;
  return text;
}

/** An opaque URL-safe id of 126 random bits. */
export const randomId: NewId = () => randomString(21);

/** A secret of 258 random bits for sessions, tokens and invites; only its hash is stored. */
export const randomSecret: NewId = () => randomString(43);
