import { KibitzError } from '../lib/errors.ts';
import type { EventData } from './event.ts';
import { type Fact, isEditable } from './fact.ts';
import { limits } from './limits.ts';
import type { RoomState } from './room-state.ts';

/** The fact; one that is not there, or not any more, is `not_found`. */
export function requireFact(state: RoomState, factId: string): Fact {
  const fact = state.facts.find((candidate) => candidate.factId === factId);
  if (fact !== undefined) return fact;
  const message = state.goneFacts.includes(factId)
    ? 'This fact has been removed.'
    : 'There is no such fact in this room.';
  throw new KibitzError('not_found', message);
}

/** Refuses what was decided on another state of a fact, or on one that there has not been; the caller is told how it stands. */
export function requireUnchanged(
  { stateVersion }: Pick<RoomState, 'stateVersion'>,
  fact: Fact,
  ifVersion: number | undefined,
): void {
  if (ifVersion === undefined) return;
  if (fact.stateVersion <= ifVersion && ifVersion <= stateVersion) return;
  throw new KibitzError('conflict', 'This fact has changed in the meantime.', { fact });
}

/** Refuses to change the words of what comes from a question or a check. */
export function requireEditable(fact: Fact): void {
  if (isEditable(fact)) return;
  const source = fact.source.type === 'question' ? 'question' : 'check';
  throw new KibitzError('forbidden', `This fact comes from a ${source}. Answer that anew to change it.`, {
    factId: fact.factId,
    taskId: fact.source.ref,
  });
}

export function requireRoomForFact({ facts }: RoomState): void {
  if (facts.length >= limits.facts) {
    throw new KibitzError(
      'conflict',
      `A room holds ${limits.facts} facts. Remove some that do not matter any more.`,
    );
  }
}

/** What an event tells of a fact as it will stand. */
export function toldFact(
  { factId, text, summary, status, source }: Pick<Fact, 'factId' | 'text' | 'summary' | 'status' | 'source'>,
  stateVersion: number,
): EventData<'fact.edited'> {
  return { factId, text, summary, status, source, stateVersion };
}
