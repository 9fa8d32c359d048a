import { z } from 'zod';
import { defineCommand } from '../command.ts';
import { requireMessage } from '../messages.ts';
import { requireRole } from '../permissions.ts';
import { idSchema, titleSchema } from '../text.ts';

/**
 * Recognises that a room may be made of this one's timeline, up to and with a message or whole. It writes nothing here:
 * whoever carries it out makes the other room.
 */
export const roomFork = defineCommand({
  args: z.object({ messageId: idSchema.optional(), title: titleSchema.optional() }),
  reach: ({ messageId }) => (messageId === undefined ? undefined : { around: messageId }),
  decide({ messageId }, state, { actor }) {
    requireRole(state, actor, 'participant');
    if (messageId !== undefined) requireMessage(state, messageId);
    return { events: [], result: {}, isPending: true };
  },
});
