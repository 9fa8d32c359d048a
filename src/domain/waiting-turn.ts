import { addresseeOf } from './addressee.ts';
import type { RoomState, TimelineMessage } from './room-state.ts';
import { findMessage } from './room-state.ts';

/** A turn that will answer as this bot and has not begun reads this message too: those who write at once are answered together. */
export function waitingTurnFor(botId: string, state: RoomState): string | undefined {
  const isFor = (trigger: TimelineMessage | undefined) =>
    trigger !== undefined && addresseeOf(trigger, state).botId === botId;
  return state.turns.find(
    (turn) =>
      turn.status === 'queued' &&
      'messageId' in turn.trigger &&
      isFor(findMessage(state, turn.trigger.messageId)),
  )?.turnId;
}
