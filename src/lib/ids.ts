const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A source of identifiers; a port, so that tests can count them. */
export type NewId = () => string;

/** `length` URL-safe characters of 6 random bits each. */
function randomString(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  let text = '';
  for (const byte of bytes) text += alphabet[byte & 63];
  return text;
}

/** An opaque URL-safe id of 126 random bits. */
export const randomId: NewId = () => randomString(21);

/** A secret of 258 random bits for sessions, tokens and invites; only its hash is stored. */
export const randomSecret: NewId = () => randomString(43);
