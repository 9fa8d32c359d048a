import { nextToSend, type Outbox, withStatus } from '../store/outbox.ts';
import type { Call } from './call.ts';

export type OutboxSenderDeps = {
  call: Call;
  outbox(): Outbox;
  change(change: (outbox: Outbox) => Outbox): void;
  /** Runs an action after a pause. */
  later(action: () => void): void;
  /** Whether a room can take messages now. */
  isLive(roomId: string): boolean;
};

/** Posts what waits, one message at a time. What gets no answer waits on and is sent again under the same `commandId`. */
export function createOutboxSender({ call, outbox, change, later, isLive }: OutboxSenderDeps) {
  async function send(roomId: string): Promise<void> {
    const message = isLive(roomId) ? nextToSend(outbox(), roomId) : undefined;
    if (message === undefined) return;
    const { commandId, text, replyTo } = message;
    change((before) => withStatus(before, commandId, { status: 'sending' }));
    const args = { roomId, commandId, text, ...(replyTo === undefined ? {} : { replyTo }) };
    const answer = await call('message.post', args);
    if (answer.ok === 'lost') {
      change((before) => backToWaiting(before, commandId));
      // After a lost connection the room sends it again once it is live; this is for an answer lost alone.
      later(() => void send(roomId));
      return;
    }
    if (!answer.ok) {
      const { message: error } = answer.error;
      change((before) => withStatus(before, commandId, { status: 'refused', error }));
    } else {
      const { messageId = '' } = answer;
      change((before) => withStatus(before, commandId, { status: 'sent', messageId }));
    }
    await send(roomId);
  }
  return { send: (roomId: string) => void send(roomId) };
}

/** A message whose event has come meanwhile needs no second try. */
function backToWaiting(outbox: Outbox, commandId: string): Outbox {
  const isSending = outbox.some((message) => message.commandId === commandId && message.status === 'sending');
  return isSending ? withStatus(outbox, commandId, { status: 'waiting' }) : outbox;
}
