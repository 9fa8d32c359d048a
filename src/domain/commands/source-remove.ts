import { z } from 'zod';
import { defineCommand } from '../command.ts';
import { requireRole } from '../permissions.ts';
import { requireSource } from '../sources.ts';
import { idSchema } from '../text.ts';

/** Takes a file out of the library; its passages go alongside. Not on the wire, like `source.add`. */
export const sourceRemove = defineCommand({
  args: z.object({ sourceId: idSchema }),
  decide({ sourceId }, state, { actor }) {
    requireRole(state, actor, 'participant');
    const { title, chunks } = requireSource(state, sourceId);
    return {
      events: [{ kind: 'source.removed', actor, data: { sourceId, title, chunks } }],
      result: { sourceId },
    };
  },
});
