import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { failureSchema, type WireError } from '../../src/protocol/result.ts';

/** Milliseconds a call may take, and how long it is made again while nobody answers. */
const answerWithin = 5_000;
const patience = 30_000;

export type HttpAnswer =
  | { type: 'ok'; body: unknown }
  | { type: 'failed'; error: WireError }
  | { type: 'unknown'; why: string };

/** Somebody with a session, who calls whichever process answers. */
export class Account {
  cookie = '';
  userId = '';
  readonly urls: readonly string[];

  constructor(urls: readonly string[]) {
    this.urls = urls;
  }

  /** One call to one process. Never throws: whoever does not answer may have done it or not. */
  async call(url: string, method: string, path: string, body?: object): Promise<HttpAnswer> {
    try {
      const response = await fetch(url + path, {
        method,
        signal: AbortSignal.timeout(answerWithin),
        headers: {
          cookie: this.cookie,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer: unknown = await response.json();
      this.cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? this.cookie;
      const failure = failureSchema.safeParse(answer);
      if (failure.success) return { type: 'failed', error: failure.data.error };
      return response.ok
        ? { type: 'ok', body: answer }
        : { type: 'unknown', why: `status ${response.status}` };
    } catch (reason) {
      return { type: 'unknown', why: reason instanceof Error ? reason.message : String(reason) };
    }
  }

  /** Asks one process after the other until one answers. Throws a refusal, and when nobody answers for long. */
  async ask<T>(method: string, path: string, schema: z.ZodType<T>, body?: object): Promise<T> {
    const giveUpAt = performance.now() + patience;
    for (let tries = 0; ; tries += 1) {
      const url = this.urls[tries % this.urls.length] ?? '';
      const answer = await this.call(url, method, path, body);
      if (answer.type === 'ok') return schema.parse(answer.body);
      const isRefusal = answer.type === 'failed' && !isForTheMoment(answer.error.code);
      const why = answer.type === 'failed' ? answer.error.message : answer.why;
      if (isRefusal || performance.now() > giveUpAt) throw new Error(`${method} ${path} at ${url}: ${why}`);
      await pause(answer.type === 'failed' ? (answer.error.retryAfter ?? 0.2) * 1_000 : 200);
    }
  }
}

/** Whether a refusal says nothing about the call itself, so that it is made again. */
export function isForTheMoment(code: WireError['code']): boolean {
  return code === 'rate_limited' || code === 'unavailable' || code === 'internal';
}
