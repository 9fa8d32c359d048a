/** The URL-safe characters in the order of their codes, so that what is counted in them sorts as it counts. */
const alphabet = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

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

/** Milliseconds since 1970 in 8 characters. */
function timePrefix(): string {
  let rest = Date.now();
  let text = '';
  for (let place = 0; place < 8; place += 1) {
    text = alphabet[rest % 64] + text;
    rest = Math.floor(rest / 64);
  }
  return text;
}

/**
 * An opaque URL-safe id: 84 random bits after the time. Rows that are made together have keys that stand together, which
 * a database rewrites in far fewer pages.
 */
export const randomId: NewId = () => timePrefix() + randomString(14);

/** A secret of 258 random bits for sessions, tokens and invites; only its hash is stored. */
export const randomSecret: NewId = () => randomString(43);
