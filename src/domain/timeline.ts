import type { EventOf, LoggedEvent } from './event.ts';
import { isKnown } from './event.ts';
import { limits } from './limits.ts';
import type { TimelineMessage } from './room-state.ts';

const envelopeOf = ({ turnId, cause }: { turnId?: string | undefined; cause?: string | undefined }) => ({
  ...(turnId === undefined ? {} : { turnId }),
  ...(cause === undefined ? {} : { cause }),
});

/** A message where its event put it. */
export function placed(event: EventOf<'message.posted'>): TimelineMessage {
  const { place, origin: _origin, ...data } = event.data;
  const { cause, turnId = place?.turnId } = event;
  return {
    ...data,
    seq: place?.seq ?? event.seq,
    at: place?.at ?? event.at,
    ...envelopeOf({ turnId, cause }),
    edited: place?.edited ?? false,
    versions: place?.versions ?? [],
  };
}

/** A message as a version that others take the place of. */
function versionOf({ messageId, text, at, sources, citations }: TimelineMessage) {
  return {
    messageId,
    text,
    at,
    ...(sources === undefined ? {} : { sources }),
    ...(citations === undefined ? {} : { citations }),
  };
}

/** What the place of `old` has said, for the message `messageId` that stands there next. */
function versionsAfter(old: TimelineMessage, messageId: string): TimelineMessage['versions'] {
  const others = old.versions.filter((version) => version.messageId !== messageId);
  return [...others, versionOf(old)].slice(-limits.versions);
}

/** The message that stands in the place of `old` after an edit. */
export function edited(old: TimelineMessage, event: EventOf<'message.edited'>): TimelineMessage {
  const versions = [...old.versions, versionOf(old)];
  return {
    ...old,
    text: event.data.text,
    at: event.at,
    edited: true,
    versions: versions.slice(-limits.versions),
  };
}

/** The message that stands in the place of `old` after it was replaced; the place keeps its `seq`. */
export function replaced(old: TimelineMessage, event: EventOf<'message.replaced'>): TimelineMessage {
  const { place, origin: _origin, ...message } = event.data.message;
  const { cause, turnId = place?.turnId } = event;
  return {
    ...message,
    seq: old.seq,
    at: place?.at ?? event.at,
    ...envelopeOf({ turnId, cause }),
    edited: place?.edited ?? false,
    versions: versionsAfter(old, message.messageId),
  };
}

/** The stretch with one more message, where its `seq` says, behind those that share it. */
function inserted(
  messages: readonly TimelineMessage[],
  message: TimelineMessage,
): readonly TimelineMessage[] {
  const after = messages.findLastIndex(({ seq }) => seq <= message.seq);
  return messages.toSpliced(after + 1, 0, message);
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
      return inserted(messages, placed(event));
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
