import { addresseeOf, type Verdict } from './addressee.ts';
import type { RoomState } from './room-state.ts';
import { findMessage } from './room-state.ts';

/**
 * A turn that has not begun and will answer this message too: those who write at once are answered together. What is for
 * one bot joins a turn of that bot; what nobody knows yet joins a turn of which the same is true, and is decided with it.
 */
export function waitingTurnFor(verdict: Verdict, state: RoomState): string | undefined {
  return state.turns.find(({ status, trigger }) => {
    if (status !== 'queued' || !('messageId' in trigger)) return false;
    const message = findMessage(state, trigger.messageId);
    if (message === undefined) return false;
    const other = addresseeOf(message, state);
    return other.isUnsure === verdict.isUnsure && other.botId === verdict.botId;
  })?.turnId;
}
