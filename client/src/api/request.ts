import type { z } from 'zod';
import { KibitzError } from '../../../src/lib/errors.ts';
import { failureSchema } from '../../../src/protocol/result.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

const unreachable = 'The server cannot be reached. Check your connection and try again.';
export const unreadable =
  'The server gave an answer this page does not understand. Reload the page and try again.';

/** A body as it goes out: a file as it is, anything else as JSON. */
function sent(body: unknown): { headers: Record<string, string>; body?: BodyInit } {
  if (body === undefined) return { headers: {} };
  if (body instanceof Blob)
    return { headers: { 'content-type': body.type || 'application/octet-stream' }, body };
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** One HTTP call: a reply that says it succeeded, or a KibitzError whose message is fit to be shown. */
export async function fetched(
  method: Method,
  path: string,
  accept: string,
  body?: unknown,
  signal: AbortSignal | null = null,
): Promise<Response> {
  const { headers, ...rest } = sent(body);
  const reply = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: { accept, ...headers },
    signal,
    ...rest,
  }).catch((cause: unknown) => {
    throw new KibitzError('unavailable', unreachable, undefined, { cause });
  });
  if (reply.ok) return reply;
  const failure = failureSchema.safeParse(await reply.json().catch(() => undefined));
  if (!failure.success) throw new KibitzError('internal', `${unreachable} (HTTP ${reply.status})`);
  const { code, message, details, retryAfter } = failure.data.error;
  throw new KibitzError(code, message, { ...details, ...(retryAfter === undefined ? {} : { retryAfter }) });
}

/** A call that is answered by JSON, parsed. */
export async function request<S extends z.ZodType>(
  method: Method,
  path: string,
  schema: S,
  body?: unknown,
): Promise<z.output<S>> {
  const reply = await fetched(method, path, 'application/json', body);
  const json: unknown = reply.status === 204 ? {} : await reply.json().catch(() => undefined);
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new KibitzError('internal', unreadable, undefined, { cause: parsed.error });
  return parsed.data;
}

/** A call that is answered by a text. */
export async function requestText(path: string): Promise<string> {
  const reply = await fetched('GET', path, 'text/markdown');
  return reply.text();
}
