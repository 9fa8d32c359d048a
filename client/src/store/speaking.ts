import type { LiveRoom } from './room-view.ts';
import { draftOf, runningTurn } from './selectors.ts';
import { saidBy } from './written.ts';

/** A bot that is shown at the end of the timeline as writing, and the message it puts in a word on, if that is it. */
export type Speaking = { turnId: string; botId: string; on?: string };

/**
 * Who writes at the end of the timeline: the bot of the turn, from the start until it has said it; then each that puts in
 * a word, while its text comes. A reply that is written anew is shown in its place.
 */
export function speakingAtEnd(room: LiveRoom): Speaking | undefined {
  const turn = runningTurn(room);
  if (turn === undefined) return undefined;
  const { turnId, trigger, addressee } = turn;
  const on = saidBy(room, turnId);
  if (on === undefined) {
    const isFirst = 'messageId' in trigger && addressee.botId !== null;
    return isFirst ? { turnId, botId: addressee.botId ?? '' } : undefined;
  }
  const draft = draftOf(room, turnId);
  return draft === undefined ? undefined : { turnId, botId: draft.botId, on };
}
