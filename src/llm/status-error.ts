import type { KibitzError } from '../lib/errors.ts';
import { type ModelErrorFacts, type ModelErrorKind, modelError } from './model-error.ts';

type StatusFacts = {
  status: number;
  /** The endpoint's own word for it, such as `insufficient_quota`. */
  code?: string | undefined;
  retryAfter?: number | undefined;
  cause?: unknown;
};

/** An HTTP status of a model endpoint as an error with a sentence for the people in the room. */
export function statusError({ status, code, retryAfter, cause }: StatusFacts): KibitzError {
  const [kind, sentence] = verdict(status, code);
  const facts: ModelErrorFacts = { status };
  if (retryAfter !== undefined) facts.retryAfter = retryAfter;
  return modelError(kind, sentence, cause, facts);
}

function verdict(status: number, code: string | undefined): [ModelErrorKind, string] {
  if (status === 429 && code === 'insufficient_quota') {
    return ['rate_limited', "The model account's quota is used up."];
  }
  if (status === 429) return ['rate_limited', 'The model endpoint is busy and asks to slow down.'];
  if (status >= 500) return ['server', 'The model endpoint has a problem on its side.'];
  if (status === 401) return ['auth', 'The model endpoint refused the key.'];
  if (status === 403) return ['auth', 'The model endpoint does not allow this with the configured key.'];
  if (status === 402) return ['rejected', 'The model account is out of credit.'];
  if (status === 408) return ['timeout', 'The model endpoint took too long to answer.'];
  if (status === 404) return ['rejected', 'The model endpoint does not know this model or address.'];
  if (status === 413 || code === 'context_length_exceeded') {
    return ['rejected', 'The conversation is too long for this model.'];
  }
  if (status >= 400) return ['rejected', `The model endpoint refused the request (${status}).`];
  return ['garbage', notTheProtocol];
}

/** The sentence for every answer that is not the chat completions protocol. */
export const notTheProtocol = 'The model endpoint answered with something that is not a chat completion.';
