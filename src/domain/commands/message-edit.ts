import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { addresseeOf } from '../addressee.ts';
import type { Decision } from '../command.ts';
import { defineCommand } from '../command.ts';
import type { NewEvent, Trigger } from '../event.ts';
import { isBeingRegenerated, replyTo, requireMessage } from '../messages.ts';
import { mayEdit, requireRole } from '../permissions.ts';
import type { RoomState, TimelineMessage } from '../room-state.ts';
import { idSchema, messageTextSchema } from '../text.ts';

/** Changes what a message says. The reply that answered it is written anew, or a first one is, if it is now wanted. */
export const messageEdit = defineCommand({
  args: z.object({ messageId: idSchema, text: messageTextSchema }),
  refersTo: ({ messageId }) => messageId,
  decide({ messageId, text }, state, { actor, newId }): Decision<{ messageId: string; turnId?: string }> {
    const member = requireRole(state, actor, 'participant');
    const message = requireMessage(state, messageId);
    if (!mayEdit(member, message)) {
      throw new KibitzError('forbidden', 'Only its author or the owner may edit a message.');
    }
    if (message.text === text) return { events: [], result: { messageId } };
    const edited: NewEvent = { kind: 'message.edited', actor, data: { messageId, text } };
    const trigger = wantedTurn(state, { ...message, text });
    if (trigger === undefined) return { events: [edited], result: { messageId } };
    const turnId = newId();
    const data = { by: actor.id, trigger };
    return {
      events: [edited, { kind: 'turn.queued', actor, turnId, cause: messageId, data }],
      result: { messageId, turnId },
    };
  },
});

function wantedTurn(state: RoomState, message: TimelineMessage): Trigger | undefined {
  if (message.author.type !== 'user') return undefined;
  const reply = replyTo(state, message.messageId);
  if (reply !== undefined) {
    return isBeingRegenerated(state, reply.messageId) ? undefined : { regenerate: reply.messageId };
  }
  const isLatest = state.messages.at(-1)?.messageId === message.messageId;
  const isQueued = state.turns.some(
    ({ trigger }) => 'messageId' in trigger && trigger.messageId === message.messageId,
  );
  return isLatest && !isQueued && addresseeOf(message, state).botId !== null
    ? { messageId: message.messageId }
    : undefined;
}
