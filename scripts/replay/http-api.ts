import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { failureSchema } from '../../src/protocol/result.ts';
import { ServerError, Unreachable } from './server-error.ts';

/** A person's way to the server: calls of its HTTP API, under the session that the server gave. */
export type HttpApi = {
  /** Posts `body` and reads the answer as `schema` says. Throws a `ServerError` or `Unreachable`. */
  post<T>(path: string, body: object, schema: z.ZodType<T>): Promise<T>;
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  /** The session's cookie, as a header; empty before there is one. */
  cookie(): string;
};

/** Times a call waits for the server's limits to let it through. */
const maxWaits = 20;

export function createHttpApi(url: string, signal: AbortSignal): HttpApi {
  let cookie = '';

  async function request(method: string, path: string, body?: object): Promise<Response> {
    try {
      return await fetch(`${url}${path}`, {
        method,
        signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
        headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (reason) {
      signal.throwIfAborted();
      const cause = reason instanceof Error && reason.cause instanceof Error ? reason.cause : reason;
      throw new Unreachable(`no server answers at ${url}: ${messageOf(cause)}`, { cause: reason });
    }
  }

  async function call<T>(method: string, path: string, schema: z.ZodType<T>, body?: object): Promise<T> {
    for (let waits = 0; ; waits += 1) {
      const response = await request(method, path, body);
      const answer: unknown = await response.json().catch(() => undefined);
      cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
      const failure = failureSchema.safeParse(answer);
      if (failure.success) {
        const { error } = failure.data;
        if (error.code !== 'rate_limited' || waits === maxWaits)
          throw new ServerError(`${method} ${path}`, error);
        await pause((error.retryAfter ?? 1) * 1_000, undefined, { signal });
        continue;
      }
      const parsed = schema.safeParse(answer);
      if (parsed.success) return parsed.data;
      throw new Unreachable(`what answers at ${url} is not Kibitz (${method} ${path}: ${response.status})`);
    }
  }

  return {
    post: (path, body, schema) => call('POST', path, schema, body),
    get: (path, schema) => call('GET', path, schema),
    cookie: () => cookie,
  };
}

function messageOf(reason: unknown): string {
  if (!(reason instanceof Error)) return String(reason);
  // A refused connection to several addresses has no message of its own.
  return reason.message || ('code' in reason ? String(reason.code) : reason.name);
}
