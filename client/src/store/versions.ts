import type { TimelineMessage } from '../../../src/domain/room-state.ts';

export type Version = TimelineMessage['versions'][number];

/** What a place has said, in the order in which it was written; what stands there is one of them. */
export function versionsInOrder({ messageId, text, at, versions }: TimelineMessage): Version[] {
  return [...versions, { messageId, text, at }].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
