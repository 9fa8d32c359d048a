import type { z } from 'zod';
import { KibitzError } from '../../../src/lib/errors.ts';
import { failureSchema } from '../../../src/protocol/result.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

const unreachable = 'The server cannot be reached. Check your connection and try again.';
const unreadable = 'The server gave an answer this page does not understand. Reload the page and try again.';

/** One HTTP call: the parsed reply, or a KibitzError whose message is fit to be shown. */
export async function request<S extends z.ZodType>(
  method: Method,
  path: string,
  schema: S,
  body?: unknown,
): Promise<z.output<S>> {
  const reply = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new KibitzError('unavailable', unreachable, undefined, { cause });
  });
  const json: unknown = reply.status === 204 ? {} : await reply.json().catch(() => undefined);
  if (!reply.ok) {
    const failure = failureSchema.safeParse(json);
    if (!failure.success) throw new KibitzError('internal', `${unreachable} (HTTP ${reply.status})`);
    const { code, message, retryAfter } = failure.data.error;
    throw new KibitzError(code, message, retryAfter === undefined ? undefined : { retryAfter });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new KibitzError('internal', unreadable, undefined, { cause: parsed.error });
  return parsed.data;
}
