import { z } from 'zod';
import { type ErrorCode, httpStatusOf, type KibitzError } from '../lib/errors.ts';

const codes = Object.keys(httpStatusOf) as [ErrorCode, ...ErrorCode[]];

export const errorSchema = z.object({
  code: z.enum(codes),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
  /** Seconds after which it is worth trying again; with `rate_limited`. */
  retryAfter: z.number().optional(),
});
export type WireError = z.infer<typeof errorSchema>;

export const failureSchema = z.object({ ok: z.literal(false), error: errorSchema });
export type Failure = z.infer<typeof failureSchema>;

/** What every command answers: `ok` with what the command says, or the reason why not. */
export type Result<T extends object = object> = ({ ok: true } & T) | Failure;

/** An error as the wire says it; only what is meant for the caller. */
export function failureOf(error: KibitzError): Failure {
  const { retryAfter, ...details } = error.details ?? {};
  return {
    ok: false,
    error: {
      code: error.code,
      message: error.message,
      ...(Object.keys(details).length === 0 ? {} : { details }),
      ...(typeof retryAfter === 'number' ? { retryAfter } : {}),
    },
  };
}
