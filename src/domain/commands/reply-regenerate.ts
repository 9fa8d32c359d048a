import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand } from '../command.ts';
import type { NewEvent } from '../event.ts';
import { isBeingAnswered, isBeingRegenerated, replyTo, requireMessage } from '../messages.ts';
import { mayEdit, mayRegenerate, requireRole } from '../permissions.ts';
import type { Member, RoomState, TimelineMessage } from '../room-state.ts';
import { findMessage } from '../room-state.ts';
import { idSchema, messageTextSchema } from '../text.ts';

/**
 * Queues a turn that writes a reply anew; with `text`, the message it answers is edited first. Asked of a person's message,
 * it is that one's reply, or a first one where there is none.
 */
export const replyRegenerate = defineCommand({
  args: z.object({ messageId: idSchema, text: messageTextSchema.optional() }),
  reach: ({ messageId }) => ({ around: messageId }),
  decide({ messageId, text }, state, { actor, newId }) {
    const member = requireRole(state, actor, 'participant');
    const named = requireMessage(state, messageId);
    const reply = replyMeant(state, named, text);
    const asked =
      reply === undefined ? named : reply.cause === undefined ? undefined : findMessage(state, reply.cause);
    if (!mayRegenerate(state, member, asked)) {
      throw new KibitzError('forbidden', 'In this room you may not have this reply written anew.');
    }
    if (
      reply === undefined ? isBeingAnswered(state, messageId) : isBeingRegenerated(state, reply.messageId)
    ) {
      throw new KibitzError('conflict', 'This reply is already being written.');
    }
    const turnId = newId();
    const cause = reply === undefined ? messageId : reply.cause;
    const queued: NewEvent = {
      kind: 'turn.queued',
      actor,
      turnId,
      ...(cause === undefined ? {} : { cause }),
      data: { by: actor.id, trigger: reply === undefined ? { messageId } : { regenerate: reply.messageId } },
    };
    const edit = text === undefined ? undefined : editOf(asked, text, member);
    return {
      events: edit === undefined ? [queued] : [{ kind: 'message.edited', actor, data: edit }, queued],
      result: { turnId },
    };
  },
});

/** The reply to write anew. With another text for the question, it is the one that answers that, and all its group with it. */
function replyMeant(
  state: RoomState,
  named: TimelineMessage,
  text: string | undefined,
): TimelineMessage | undefined {
  if (named.author.type !== 'bot') return replyTo(state, named.messageId);
  const asked = named.cause === undefined ? undefined : findMessage(state, named.cause);
  const isEdited = text !== undefined && asked !== undefined && asked.text !== text;
  return (
    (isEdited && named.interjectionOf !== undefined ? replyTo(state, asked.messageId) : undefined) ?? named
  );
}

function editOf(asked: TimelineMessage | undefined, text: string, member: Member) {
  if (asked === undefined) {
    throw new KibitzError('conflict', 'The message this reply answers is no longer there to be edited.');
  }
  if (!mayEdit(member, asked)) {
    throw new KibitzError(
      'forbidden',
      'Only its author or the owner may edit the message this reply answers.',
    );
  }
  return asked.text === text ? undefined : { messageId: asked.messageId, text };
}
