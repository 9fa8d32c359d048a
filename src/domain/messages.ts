import { KibitzError } from '../lib/errors.ts';
import type { Actor, NewEvent } from './event.ts';
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
  return state.messages.find(
    ({ author, cause, interjectionOf }) =>
      author.type === 'bot' && cause === messageId && interjectionOf === undefined,
  );
}

/** The messages on the timeline that follow from one: its replies and interjections, or the words put in on a reply. */
export function followersOf(state: RoomState, { messageId }: TimelineMessage): TimelineMessage[] {
  const followers = state.messages.filter((message) => message.cause === messageId);
  return followers.length > 0 ? followers : interjectionsOn(state, messageId);
}

/** What a message puts in a word on, through the interjections between: ids from the nearest on. */
function chainOf(state: RoomState, { interjectionOf }: TimelineMessage): string[] {
  const chain: string[] = [];
  let next = interjectionOf;
  while (next !== undefined && !chain.includes(next)) {
    chain.push(next);
    next = findMessage(state, next)?.interjectionOf;
  }
  return chain;
}

/** Interjections on a reply, and those on them. */
export function interjectionsOn(state: RoomState, replyId: string): TimelineMessage[] {
  return state.messages.filter((message) => chainOf(state, message).includes(replyId));
}

/** Interjections among what follows from a message that put in a word, however indirectly, on what is not there any more. */
export function strayInterjections(state: RoomState, cause: string): TimelineMessage[] {
  return state.messages.filter(
    (message) =>
      message.cause === cause && chainOf(state, message).some((id) => findMessage(state, id) === undefined),
  );
}

/** The removal of a message that leaves because what it followed from did. */
export function withdrawn(actor: Actor, { messageId, cause }: TimelineMessage): NewEvent {
  const data = { supersedes: messageId, reason: 'withdrawn' as const };
  return { kind: 'message.removed', actor, ...(cause === undefined ? {} : { cause }), data };
}

/** Whether a first reply to a message is being written or waits to be. */
export function isBeingAnswered(state: RoomState, messageId: string): boolean {
  return state.turns.some(({ trigger }) => 'messageId' in trigger && trigger.messageId === messageId);
}

/** Whether a reply is about to be written anew. */
export function isBeingRegenerated(state: RoomState, messageId: string): boolean {
  return state.turns.some((turn) => 'regenerate' in turn.trigger && turn.trigger.regenerate === messageId);
}
