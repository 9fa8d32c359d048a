import type { EventOf, RoomEvent } from './event.ts';
import { limits } from './limits.ts';
import type { RoomState, Unfinished } from './room-state.ts';
import { subjectOf } from './turns.ts';

const without = (list: readonly Unfinished[], messageId: string) =>
  list.some((one) => one.messageId === messageId) ? list.filter((one) => one.messageId !== messageId) : list;

/**
 * What has not come to a whole reply, by the message people look for it at: the text that was kept, else what the turn
 * was about. It is settled when that is asked for again, replaced or removed. `state` is as it was before the event.
 */
export function unfinishedAfter(state: RoomState, event: RoomEvent): readonly Unfinished[] {
  switch (event.kind) {
    case 'turn.queued':
      return without(state.unfinished, subjectOf(event.data.trigger));
    case 'message.replaced':
    case 'message.removed':
      return without(state.unfinished, event.data.supersedes);
    case 'turn.ended':
      return ended(state, event);
    default:
      return state.unfinished;
  }
}

function ended(
  state: RoomState,
  { turnId, data: { outcome, error } }: EventOf<'turn.ended'>,
): readonly Unfinished[] {
  const turn = state.turns.find((candidate) => candidate.turnId === turnId);
  if (turn === undefined || outcome === 'completed' || outcome === 'quiet') return state.unfinished;
  const kept = state.messages.findLast((message) => message.turnId === turnId);
  const messageId = kept?.messageId ?? subjectOf(turn.trigger);
  const one: Unfinished = {
    messageId,
    turnId: turn.turnId,
    outcome,
    regenerating: 'regenerate' in turn.trigger,
    ...(error === undefined ? {} : { error }),
  };
  return [...without(state.unfinished, messageId), one].slice(-limits.unfinished);
}
