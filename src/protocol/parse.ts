import type { z } from 'zod';
import { KibitzError } from '../lib/errors.ts';

/** Input from outside as `schema` says, or an `invalid` that names the first field that is wrong and why. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  const message = issue?.message ?? 'not what was expected';
  throw new KibitzError('invalid', field === '' ? `Arguments: ${message}` : `${field}: ${message}`, {
    field,
  });
}
