import type { z } from 'zod';
import { KibitzError } from '../lib/errors.ts';

/** Input from outside as `schema` says, or an `invalid` that names the first field that is wrong and why. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const isUnknown = issue?.code === 'unrecognized_keys';
  // A name that is not known is the field that is wrong, rather than what holds it; what is no name is not said back.
  const name = isUnknown ? issue.keys.slice(0, 1).filter((key) => /^\w{1,64}$/.test(key)) : [];
  const field = [...(issue?.path ?? []), ...name].map(String).join('.');
  const unknown = name.length > 0 ? 'there is no such field' : 'has a field that is not known';
  const message = isUnknown ? unknown : (issue?.message ?? 'not what was expected');
  throw new KibitzError('invalid', field === '' ? `Arguments: ${message}` : `${field}: ${message}`, {
    field,
  });
}
