import { followersOf } from '../../../src/domain/messages.ts';
import type { RoomState, TimelineMessage } from '../../../src/domain/room-state.ts';

/** What leaves the timeline with a message: what followed from it. */
export type Leaving = { messages: readonly TimelineMessage[]; replies: number; interjections: number };

/** The server decides the same on what it holds; `timeline` may go back further than the state. */
export function leavingWith(
  state: RoomState,
  timeline: readonly TimelineMessage[],
  message: TimelineMessage,
): Leaving {
  const messages = followersOf({ ...state, messages: [...timeline] }, message);
  const interjections = messages.filter((follower) => follower.interjectionOf !== undefined).length;
  return { messages, replies: messages.length - interjections, interjections };
}

/** What leaves the timeline with a rewind to a message. */
export function messagesAfter(
  timeline: readonly TimelineMessage[],
  messageId: string,
): readonly TimelineMessage[] {
  const index = timeline.findIndex((message) => message.messageId === messageId);
  return index < 0 ? [] : timeline.slice(index + 1);
}
