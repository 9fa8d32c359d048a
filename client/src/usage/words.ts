import type { UsageCall } from '../../../src/protocol/usage.ts';

const purposes: Readonly<Record<string, string>> = {
  reply: 'Replies',
  interjection: 'Putting in a word',
  addressee: 'Finding out who is meant',
  'interject-question': 'Asking who wants to put in a word',
  settle: 'What bots remember and feel',
  brief: 'Keeping the brief',
  'fact-draft': 'Drafting facts',
  'library-query': 'Wording a search of the library',
  title: 'Finding a title',
  ask: 'Answers from the library',
};

/** What a call was for; a purpose of a later server by its own name. */
export const purposeWords = (purpose: string) => purposes[purpose] ?? purpose;

export const outcomeWords: Readonly<Record<UsageCall['outcome'], string>> = {
  completed: 'Done',
  truncated: 'Cut short',
  stopped: 'Stopped',
  failed: 'Failed',
};

const errors: Readonly<Record<string, string>> = {
  connection: 'the model could not be reached',
  timeout: 'the model took too long',
  rate_limited: 'the model had too much to do',
  server: 'the model’s server had a fault',
  garbage: 'the answer could not be read',
  auth: 'the model’s key was refused',
  rejected: 'the model refused the request',
  internal: 'a fault of this server',
};

/** What went wrong; a kind of a later server by its own name. */
export const errorWords = (kind: string) => errors[kind] ?? kind;

const searches: Readonly<Record<string, string>> = {
  phrase: 'found word for word',
  all: 'found by all words',
  any: 'found by some words',
  fuzzy: 'found by similar words',
  none: 'nothing found',
};

/** How the library was searched for a call. */
export const searchWords = (tier: string) => searches[tier] ?? tier;

/** Whom calls are put down to, of a room: somebody's name there, or nobody's. */
export function askerWords(userId: string | null, name: string | undefined): string {
  if (userId === null) return 'Nobody asked: the server by itself';
  return name ?? 'Somebody who left';
}
