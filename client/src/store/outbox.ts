import type { LoggedEvent } from '../../../src/domain/event.ts';
import { isKnown } from '../../../src/domain/event.ts';
import { storableText } from '../../../src/domain/text.ts';

/**
 * A message on its way. It keeps its `commandId` through every retry, so that it is never posted twice.
 * `waiting`: for a connection or for those before it · `sending` · `sent`: accepted, its event is still to come ·
 * `refused`: the server said no, for the reason in `error`.
 */
export type Outgoing = {
  commandId: string;
  roomId: string;
  text: string;
  replyTo?: string;
  writtenAt: string;
} & (
  | { status: 'waiting' | 'sending' }
  | { status: 'sent'; messageId: string }
  | { status: 'refused'; error: string }
);

export type Outbox = readonly Outgoing[];

/** The message to send next in a room; one at a time, so that they arrive in the order they were written. */
export function nextToSend(outbox: Outbox, roomId: string): Outgoing | undefined {
  const mine = outbox.filter((message) => message.roomId === roomId);
  if (mine.some((message) => message.status === 'sending')) return undefined;
  return mine.find((message) => message.status === 'waiting');
}

export function withStatus(
  outbox: Outbox,
  commandId: string,
  status:
    | { status: 'waiting' | 'sending' }
    | { status: 'sent'; messageId: string }
    | { status: 'refused'; error: string },
): Outbox {
  return outbox.map((message) => {
    if (message.commandId !== commandId) return message;
    const { roomId, text, replyTo, writtenAt } = message;
    return { commandId, roomId, text, writtenAt, ...(replyTo === undefined ? {} : { replyTo }), ...status };
  });
}

export function without(outbox: Outbox, commandId: string): Outbox {
  return outbox.filter((message) => message.commandId !== commandId);
}

/** The outbox after an event: what stands on the timeline needs no stand-in, even before its ack has come. */
export function outboxAfter(outbox: Outbox, event: LoggedEvent, userId: string): Outbox {
  if (!isKnown(event) || event.kind !== 'message.posted' || event.data.author.id !== userId) return outbox;
  // What comes back with an undo was sent long ago.
  if (event.data.place !== undefined) return outbox;
  const { messageId, text } = event.data;
  const arrived =
    outbox.find((message) => message.status === 'sent' && message.messageId === messageId) ??
    outbox.find(
      (message) =>
        message.status === 'sending' &&
        message.roomId === event.roomId &&
        storableText(message.text) === text,
    );
  if (arrived === undefined) return outbox;
  if (arrived.status === 'sent') return without(outbox, arrived.commandId);
  return withStatus(outbox, arrived.commandId, { status: 'sent', messageId });
}

/** What of the outbox still has to be shown below the timeline. */
export function unsettled(outbox: Outbox, roomId: string, isShown: (messageId: string) => boolean): Outbox {
  return outbox.filter(
    (message) => message.roomId === roomId && !(message.status === 'sent' && isShown(message.messageId)),
  );
}
