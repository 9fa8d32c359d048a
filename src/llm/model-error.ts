import { KibitzError } from '../lib/errors.ts';

/** Why a model call failed. */
export type ModelErrorKind =
  | 'connection' // refused, reset, DNS
  | 'timeout' // headers, first token, idle, total
  | 'rate_limited' // 429
  | 'server' // 5xx
  | 'garbage' // an answer that is not the protocol (an HTML page, broken JSON)
  | 'auth' // 401, 403
  | 'rejected'; // any other 4xx

/** What is known besides the kind: the HTTP status, and for a rate limit the seconds to wait. */
export type ModelErrorFacts = { status?: number; retryAfter?: number };

const retryable: ReadonlySet<string> = new Set<ModelErrorKind>([
  'connection',
  'timeout',
  'rate_limited',
  'server',
  'garbage',
]);

/**
 * A failed model call: code `unavailable`, a sentence people can read, and in `details` the kind and the facts.
 * `cause` is for the log and must hold no key.
 */
export function modelError(
  kind: ModelErrorKind,
  message: string,
  cause?: unknown,
  facts: ModelErrorFacts = {},
): KibitzError {
  return new KibitzError(
    'unavailable',
    message,
    { kind, ...facts },
    cause === undefined ? undefined : { cause },
  );
}

export function modelErrorKind(thrown: unknown): ModelErrorKind | undefined {
  if (!(thrown instanceof KibitzError)) return undefined;
  const kind = thrown.details?.kind;
  return typeof kind === 'string' ? (kind as ModelErrorKind) : undefined;
}

/** The HTTP status behind a model error, if there was one. */
export function modelErrorStatus(thrown: unknown): number | undefined {
  if (modelErrorKind(thrown) === undefined || !(thrown instanceof KibitzError)) return undefined;
  const status = thrown.details?.status;
  return typeof status === 'number' ? status : undefined;
}

/** Whether another endpoint may do better after a failure of this kind. */
export function isWorthFallbackKind(kind: ModelErrorKind | undefined): boolean {
  return kind !== undefined && retryable.has(kind);
}

/** Whether another endpoint may do better; a wrong key or a refused request will fail there for its own reasons. */
export function isWorthFallback(thrown: unknown): boolean {
  return isWorthFallbackKind(modelErrorKind(thrown));
}
