import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand } from '../command.ts';
import type { NewEvent } from '../event.ts';
import { isBeingRegenerated, requireMessage } from '../messages.ts';
import { mayEdit, mayRegenerate, requireRole } from '../permissions.ts';
import type { Member, TimelineMessage } from '../room-state.ts';
import { findMessage } from '../room-state.ts';
import { idSchema, messageTextSchema } from '../text.ts';

/** Queues a turn that writes a reply anew; with `text`, the message it answers is edited first. */
export const replyRegenerate = defineCommand({
  args: z.object({ messageId: idSchema, text: messageTextSchema.optional() }),
  refersTo: ({ messageId }) => messageId,
  decide({ messageId, text }, state, { actor, newId }) {
    const member = requireRole(state, actor, 'participant');
    const reply = requireMessage(state, messageId);
    if (reply.author.type !== 'bot') {
      throw new KibitzError('invalid', 'Only a bot’s reply can be written anew.', { field: 'messageId' });
    }
    const asked = reply.cause === undefined ? undefined : findMessage(state, reply.cause);
    if (!mayRegenerate(state, member, asked)) {
      throw new KibitzError('forbidden', 'In this room you may not have this reply written anew.');
    }
    if (isBeingRegenerated(state, messageId)) {
      throw new KibitzError('conflict', 'This reply is already being written anew.');
    }
    const turnId = newId();
    const queued: NewEvent = {
      kind: 'turn.queued',
      actor,
      turnId,
      ...(reply.cause === undefined ? {} : { cause: reply.cause }),
      data: { by: actor.id, trigger: { regenerate: messageId } },
    };
    const edit = text === undefined ? undefined : editOf(asked, text, member);
    return {
      events: edit === undefined ? [queued] : [{ kind: 'message.edited', actor, data: edit }, queued],
      result: { turnId },
    };
  },
});

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
