import { createHash } from 'node:crypto';

/** What is kept of a secret. Secrets have 258 random bits, so a plain hash cannot be searched for them. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
