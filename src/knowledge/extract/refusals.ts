import { KibitzError } from '../../lib/errors.ts';

const field = { field: 'file' };

/** For a file that is well sent, but nothing can be read from. */
export function unreadable(message: string, cause?: unknown): KibitzError {
  return new KibitzError('unprocessable', `file: ${message}`, field, { cause });
}

export function tooLarge(message: string): KibitzError {
  return new KibitzError('too_large', `file: ${message}`, field);
}
