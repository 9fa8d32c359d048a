import type { EventOf, LoggedEvent } from './event.ts';
import { isKnown } from './event.ts';
import { limits } from './limits.ts';
import type { TimelineMessage } from './room-state.ts';

/** A message where its event put it. */
export function placed(event: EventOf<'message.posted'>): TimelineMessage {
  return {
    ...event.data,
    seq: event.seq,
    at: event.at,
    ...(event.turnId === undefined ? {} : { turnId: event.turnId }),
    ...(event.cause === undefined ? {} : { cause: event.cause }),
    edited: false,
    versions: [],
  };
}

function withPredecessor(old: TimelineMessage): TimelineMessage['versions'] {
  return [...old.versions, { messageId: old.messageId, text: old.text, at: old.at }].slice(-limits.versions);
}

/** The message that stands in the place of `old` after an edit. */
export function edited(old: TimelineMessage, event: EventOf<'message.edited'>): TimelineMessage {
  return { ...old, text: event.data.text, at: event.at, edited: true, versions: withPredecessor(old) };
}

/** The message that stands in the place of `old` after it was replaced; the place keeps its `seq`. */
export function replaced(old: TimelineMessage, event: EventOf<'message.replaced'>): TimelineMessage {
  return {
    ...event.data.message,
    seq: old.seq,
    at: event.at,
    ...(event.turnId === undefined ? {} : { turnId: event.turnId }),
    ...(event.cause === undefined ? {} : { cause: event.cause }),
    edited: false,
    versions: withPredecessor(old),
  };
}

function mapMessage(
  messages: readonly TimelineMessage[],
  messageId: string,
  change: (message: TimelineMessage) => TimelineMessage,
): readonly TimelineMessage[] {
  const index = messages.findIndex((message) => message.messageId === messageId);
  const old = messages[index];
  return old === undefined ? messages : messages.with(index, change(old));
}

/**
 * Folds one event into a stretch of the timeline, in order of `seq`. Messages the stretch does not hold are left
 * alone, so the same fold keeps the latest window and the older pages a tab has loaded.
 */
export function evolveTimeline(
  messages: readonly TimelineMessage[],
  event: LoggedEvent,
): readonly TimelineMessage[] {
  if (!isKnown(event)) return messages;
  switch (event.kind) {
    case 'message.posted':
      return [...messages, placed(event)];
    case 'message.edited':
      return mapMessage(messages, event.data.messageId, (old) => edited(old, event));
    case 'message.replaced':
      return mapMessage(messages, event.data.supersedes, (old) => replaced(old, event));
    case 'message.removed':
      return messages.filter((message) => message.messageId !== event.data.supersedes);
    default:
      return messages;
  }
}
