import { APIConnectionTimeoutError, APIError } from 'openai';
import { KibitzError } from '../lib/errors.ts';
import { modelError } from './model-error.ts';
import { statusError } from './status-error.ts';

/** Everything the openai client or the reading of its response threw, as a `modelError`. */
export function mapOpenAiError(thrown: unknown, now: Date, secrets: readonly string[]): KibitzError {
  if (thrown instanceof KibitzError) return thrown;
  const cause = forOperators(thrown, secrets);
  if (thrown instanceof APIConnectionTimeoutError) return tooLate(cause);
  if (thrown instanceof APIError && typeof thrown.status === 'number') {
    const headers: unknown = thrown.headers;
    const retryAfter = headers instanceof Headers ? readRetryAfter(headers, now) : undefined;
    return statusError({ status: thrown.status, code: thrown.code ?? undefined, retryAfter, cause });
  }
  const code = systemCode(thrown);
  if (code?.includes('TIMEOUT') || code === 'ETIMEDOUT') return tooLate(cause);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return modelError('connection', "The model endpoint's address could not be found.", cause);
  }
  // The body of a response that had begun fails as `terminated`; anything else never got that far.
  const lost = thrown instanceof TypeError && thrown.message === 'terminated';
  return modelError(
    'connection',
    lost ? 'The connection to the model endpoint was lost.' : 'The model endpoint could not be reached.',
    cause,
  );
}

function tooLate(cause: Error): KibitzError {
  return modelError('timeout', 'The model endpoint took too long to answer.', cause);
}

/** Seconds to wait: `Retry-After` is a number of them or a date. At most a day; unreadable is undefined. */
export function readRetryAfter(headers: Headers, now: Date): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(value) ? Number(value) : (Date.parse(value) - now.getTime()) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 0), 86_400) : undefined;
}

/** The innermost system code (`ECONNREFUSED`, `UND_ERR_SOCKET`); fetch wraps it in one or two errors. */
function systemCode(thrown: unknown): string | undefined {
  let code: string | undefined;
  for (const error of causes(thrown)) {
    if ('code' in error && typeof error.code === 'string') code = error.code;
  }
  return code;
}

/** What the log gets: every message of the chain, in which a key that an endpoint echoed is blotted out. */
function forOperators(thrown: unknown, secrets: readonly string[]): Error {
  let text = causes(thrown)
    .map((error) => error.message)
    .join(': ');
  for (const secret of secrets) if (secret !== '') text = text.replaceAll(secret, '[key]');
  return new Error(text.slice(0, 1_000) || String(typeof thrown));
}

function causes(thrown: unknown): Error[] {
  const chain: Error[] = [];
  // Four is deeper than fetch nests; the bound guards against a cause that points to itself.
  for (let error = thrown; error instanceof Error && chain.length < 4; error = error.cause) chain.push(error);
  return chain;
}
