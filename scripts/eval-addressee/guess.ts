import type { Said } from '../../src/domain/addressee/conversation.ts';
import { escapeForRegExp } from '../../src/domain/addressee/name-index.ts';
import type { Participant } from '../../src/domain/addressee/participant.ts';
import { type Structure, structureOf } from '../../src/domain/addressee/structure.ts';
import { fittedWeights, type Weights } from '../../src/domain/addressee/weights.ts';
import type { LogMessage } from './read-logs.ts';

export type Guess = { structure: Structure; namesSomebody: boolean };

/**
 * Whom each message of a log is for, by the room's ladder as far as it is structure. It is told who spoke and what, in
 * order; whoever spoke so far may be spoken to.
 */
export function guesses(
  messages: readonly Pick<LogMessage, 'speaker' | 'text'>[],
  weights: Weights = fittedWeights,
): Guess[] {
  const said: Said[] = [];
  let speakers: Participant[] = [];
  return messages.map(({ speaker, text }) => {
    const structure = structureOf({ by: speaker, text }, said, speakers, weights);
    const namesSomebody = namesOne(text, speakers, speaker);
    said.push(structure.said);
    if (!speakers.some(({ id }) => id === speaker)) speakers = [...speakers, { id: speaker, name: speaker }];
    return { structure, namesSomebody };
  });
}

/** Whether the whole name of another known speaker stands in a text, as a word of its own. */
function namesOne(text: string, speakers: readonly Participant[], author: string): boolean {
  return speakers.some(
    ({ id, name }) =>
      id !== author &&
      text.toLowerCase().includes(name.toLowerCase()) &&
      new RegExp(`(?<![\\p{L}\\p{N}_])${escapeForRegExp(name)}(?![\\p{L}\\p{N}_])`, 'iu').test(text),
  );
}
