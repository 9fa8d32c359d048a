import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand, system } from '../command.ts';
import type { NewEvent } from '../event.ts';
import { followersOf, requireMessage, withdrawn } from '../messages.ts';
import { requireRole } from '../permissions.ts';
import { atLeast } from '../roles.ts';
import { idSchema } from '../text.ts';
import { stopsTurnsAbout } from '../turns.ts';

/** Takes a message off the timeline, and with it what followed from it. */
export const messageRemove = defineCommand({
  args: z.object({ messageId: idSchema }),
  reach: ({ messageId }) => ({ around: messageId }),
  decide({ messageId }, state, { actor }) {
    const member = requireRole(state, actor, 'participant');
    const message = requireMessage(state, messageId);
    if (message.author.id !== member.userId && !atLeast(member.role, 'moderator')) {
      throw new KibitzError('forbidden', 'Only its author, a moderator or the owner may remove a message.');
    }
    const followers = followersOf(state, message);
    const removed: NewEvent = {
      kind: 'message.removed',
      actor,
      data: { supersedes: messageId, reason: 'remove' },
    };
    const gone = new Set([messageId, ...followers.map((follower) => follower.messageId)]);
    return {
      events: [
        removed,
        ...followers.map((follower) => withdrawn(system, follower)),
        ...stopsTurnsAbout(state, (id) => gone.has(id)),
      ],
      result: { messageId },
    };
  },
});
