import { KibitzError } from '../lib/errors.ts';
import type { RoomState, TimelineMessage } from './room-state.ts';
import { findMessage, findPlace } from './room-state.ts';

/**
 * The message on the timeline. One that was there and gave way to another version is a `conflict`: the caller acted on
 * what is no longer shown. Any other id is `not_found`.
 */
export function requireMessage(state: RoomState, messageId: string): TimelineMessage {
  const message = findMessage(state, messageId);
  if (message !== undefined) return message;
  if (findPlace(state, messageId) !== undefined) {
    throw new KibitzError(
      'conflict',
      'This message has changed in the meantime. Look at its newest version.',
    );
  }
  throw new KibitzError('not_found', 'There is no such message in this room.');
}

/** Refuses ids that never were a message of this room; an older version still names its place. */
export function requireKnownMessage(state: RoomState, messageId: string): void {
  if (findPlace(state, messageId) === undefined) requireMessage(state, messageId);
}

/** The reply on the timeline that answers a message. */
export function replyTo(state: RoomState, messageId: string): TimelineMessage | undefined {
  return state.messages.find((message) => message.author.type === 'bot' && message.cause === messageId);
}

/** Whether a reply is about to be written anew. */
export function isBeingRegenerated(state: RoomState, messageId: string): boolean {
  return state.turns.some((turn) => 'regenerate' in turn.trigger && turn.trigger.regenerate === messageId);
}
