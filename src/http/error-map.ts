import type { ErrorRequestHandler } from 'express';
import { asKibitzError, httpStatusOf, KibitzError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { failureOf } from '../protocol/result.ts';

/** What Express, its body parser and its static files throw says its status; anything else is ours or an accident. */
function fromExpress(reason: unknown): unknown {
  if (!(reason instanceof Error) || !('status' in reason) || typeof reason.status !== 'number') return reason;
  if (reason.status === 404) return new KibitzError('not_found', 'There is nothing at this address.');
  if (reason.status === 413) return new KibitzError('too_large', 'That is too much at once.');
  if (reason.status >= 400 && reason.status < 500)
    return new KibitzError('invalid', 'The request cannot be read.');
  return reason;
}

/** The one place where errors become responses. */
export function createErrorMap(log: Log): ErrorRequestHandler {
  return (reason, request, response, next) => {
    const error = asKibitzError(fromExpress(reason));
    if (error.code === 'internal')
      log.error({ err: reason, method: request.method, path: request.path }, 'a request failed');
    if (response.headersSent) return next(reason);
    const failure = failureOf(error);
    if (failure.error.retryAfter !== undefined) response.setHeader('Retry-After', failure.error.retryAfter);
    response.status(httpStatusOf[error.code]).json(failure);
  };
}
