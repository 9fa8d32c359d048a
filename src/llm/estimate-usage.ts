import type { ChatMessage, Usage } from './language-model.ts';

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

/** The usage of several calls together; estimated as soon as one of them is. */
export function addUsage(one: Usage, other: Usage): Usage {
  return {
    promptTokens: one.promptTokens + other.promptTokens,
    completionTokens: one.completionTokens + other.completionTokens,
    estimated: one.estimated || other.estimated,
  };
}
