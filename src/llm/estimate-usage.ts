import type { ChatMessage, Usage } from './language-model.ts';
import type { ModelErrorKind } from './model-error.ts';

const charactersPerToken = 4;

export const noUsage: Usage = { promptTokens: 0, completionTokens: 0, estimated: false };

/** Tokens of a call whose endpoint reported none: 4 characters a token, rounded up. */
export function estimateUsage(messages: readonly ChatMessage[], completionCharacters: number): Usage {
  let promptCharacters = 0;
  for (const message of messages) promptCharacters += message.content.length;
  return {
    promptTokens: Math.ceil(promptCharacters / charactersPerToken),
    completionTokens: Math.ceil(completionCharacters / charactersPerToken),
    estimated: true,
  };
}

/** Failures before any model was given the prompt; nobody is billed for them. */
const unread: ReadonlySet<string> = new Set<ModelErrorKind>([
  'connection',
  'rate_limited',
  'auth',
  'rejected',
]);

/**
 * Tokens of a call that failed after so many characters: its prompt and these. A call that was turned away before it said
 * anything took none, so that an outage uses up nobody's budget.
 */
export function estimateFailedUsage(
  kind: ModelErrorKind | undefined,
  messages: readonly ChatMessage[],
  completionCharacters: number,
): Usage {
  if (completionCharacters === 0 && kind !== undefined && unread.has(kind)) return estimateUsage([], 0);
  return estimateUsage(messages, completionCharacters);
}

/** The usage of several calls together; estimated as soon as one of them is. */
export function addUsage(one: Usage, other: Usage): Usage {
  return {
    promptTokens: one.promptTokens + other.promptTokens,
    completionTokens: one.completionTokens + other.completionTokens,
    estimated: one.estimated || other.estimated,
  };
}
