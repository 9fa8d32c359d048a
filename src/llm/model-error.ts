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

const retryable: ReadonlySet<string> = new Set<ModelErrorKind>(['connection', 'timeout', 'rate_limited', 'server', 'garbage']);

/** A failed model call: code `unavailable`, with the kind in `details.kind` and a sentence people can read. */
export function modelError(kind: ModelErrorKind, message: string, cause?: unknown): KibitzError {
  return new KibitzError('unavailable', message, { kind }, cause === undefined ? undefined : { cause });
}

export function modelErrorKind(thrown: unknown): ModelErrorKind | undefined {
  if (!(thrown instanceof KibitzError)) return undefined;
  const kind = thrown.details?.kind;
  return typeof kind === 'string' ? (kind as ModelErrorKind) : undefined;
}

/** Whether another endpoint may do better; a wrong key or a refused request will fail there for its own reasons. */
export function isWorthFallback(thrown: unknown): boolean {
  const kind = modelErrorKind(thrown);
  return kind !== undefined && retryable.has(kind);
}
