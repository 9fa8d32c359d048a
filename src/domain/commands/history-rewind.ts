import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand } from '../command.ts';
import type { NewEvent } from '../event.ts';
import { limits } from '../limits.ts';
import { requireMessage } from '../messages.ts';
import { requireRole } from '../permissions.ts';
import { findScene, sceneChange } from '../scene-change.ts';
import { idSchema } from '../text.ts';
import { stopsTurnsAbout } from '../turns.ts';

/**
 * Takes everything after a message off the timeline, and the room back to the scene of that message. It can be undone
 * until somebody writes.
 */
export const historyRewind = defineCommand({
  args: z.object({ messageId: idSchema }),
  reach: ({ messageId }) => ({ from: messageId }),
  decide({ messageId }, state, { actor }) {
    requireRole(state, actor, 'moderator');
    const kept = requireMessage(state, messageId);
    const after = state.messages.slice(state.messages.indexOf(kept) + 1);
    if (after.length >= limits.rewind) {
      throw new KibitzError('unprocessable', `A rewind reaches back over ${limits.rewind} messages at most.`);
    }
    const gone = new Set(after.map((message) => message.messageId));
    const removals = after.map(
      (message): NewEvent => ({
        kind: 'message.removed',
        actor,
        ...(message.cause === undefined ? {} : { cause: message.cause }),
        data: { supersedes: message.messageId, reason: 'rewind' },
      }),
    );
    return {
      events: [
        ...removals,
        ...sceneChange(state, findScene(state, kept.scene), actor, 'rewind'),
        ...stopsTurnsAbout(state, (id) => gone.has(id)),
      ],
      result: { messageId, removed: after.length },
    };
  },
});
