import type { z } from 'zod';
import { KibitzError } from '../../../src/lib/errors.ts';
import { failureSchema } from '../../../src/protocol/result.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

const unreachable = 'The server cannot be reached. Check your connection and try again.';
const unreadable = 'The server gave an answer this page does not understand. Reload the page and try again.';

/** A body as it goes out: a file as it is, anything else as JSON. */
function sent(body: unknown): { headers: Record<string, string>; body?: BodyInit } {
  if (body === undefined) return { headers: {} };
  if (body instanceof Blob)
    return { headers: { 'content-type': body.type || 'application/octet-stream' }, body };
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** One HTTP call: the parsed reply, or a KibitzError whose message is fit to be shown. */
export async function request<S extends z.ZodType>(
  method: Method,
  path: string,
  schema: S,
  body?: unknown,
): Promise<z.output<S>> {
  const { headers, ...rest } = sent(body);
  const reply = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: { accept: 'application/json', ...headers },
    ...rest,
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
