import { KibitzError } from '../lib/errors.ts';
import { type Reach, system } from './command.ts';
import type { LoggedEvent, NewEvent, Trigger } from './event.ts';
import { findPlace, type RoomState, type Turn } from './room-state.ts';

/** The message a turn is about: the one it answers, or the reply it writes anew; none (empty) for a refresh of the brief. */
export function subjectOf(trigger: Trigger): string {
  if ('messageId' in trigger) return trigger.messageId;
  return 'regenerate' in trigger ? trigger.regenerate : '';
}

/** What an open turn's commands are decided on. */
export function reachOfTurn(state: RoomState, turnId: string): Reach | undefined {
  const turn = state.turns.find((candidate) => candidate.turnId === turnId);
  return turn && { around: subjectOf(turn.trigger) };
}

export function requireRunning(state: RoomState, turnId: string): Turn {
  const turn = state.turns.find((candidate) => candidate.turnId === turnId);
  if (turn?.status !== 'running') throw new KibitzError('conflict', 'This turn has ended already.');
  return turn;
}

/** Ends the waiting turns about messages that are gone; one that runs is ended by whoever runs it. */
export function stopsTurnsAbout(state: RoomState, isGone: (messageId: string) => boolean): NewEvent[] {
  return state.turns
    .filter(({ status, trigger }) => status === 'queued' && isGone(subjectOf(trigger)))
    .map(({ turnId }) => ({ kind: 'turn.ended', actor: system, turnId, data: { outcome: 'stopped' } }));
}

/**
 * Whether events have taken the message a turn is about off the timeline, as far as the state after them can tell: it knows
 * the latest messages alone, and an older one may still stand. A refresh of the brief is about none.
 */
export function mayHaveLostSubject(
  state: RoomState,
  { trigger }: Pick<Turn, 'trigger'>,
  events: readonly LoggedEvent[],
): boolean {
  const subject = subjectOf(trigger);
  const hasLeft = events.some(({ kind }) => kind === 'message.removed');
  return hasLeft && subject !== '' && findPlace(state, subject) === undefined;
}
