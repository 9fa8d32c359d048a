/** The error codes of the wire, with the HTTP status each one has. The one list; nothing else invents a code. */
export const httpStatusOf = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  unprocessable: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof httpStatusOf;

export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * The only error class of the project. `message` is written for the person who reads it and never holds a stack,
 * SQL or a key; what only an operator should see goes into `cause`.
 */
export class KibitzError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails | undefined;

  constructor(code: ErrorCode, message: string, details?: ErrorDetails, options?: ErrorOptions) {
    super(message, options);
    this.name = 'KibitzError';
    this.code = code;
    this.details = details;
  }
}

/** Any thrown value as a KibitzError; what is not one becomes `internal` with the original as its cause. */
export function asKibitzError(thrown: unknown): KibitzError {
  if (thrown instanceof KibitzError) return thrown;
  return new KibitzError('internal', 'Something went wrong on the server. It has been logged.', undefined, {
    cause: thrown,
  });
}
