import { z } from 'zod';
import { applyGuarded } from '../brief-guards.ts';
import { revised } from '../brief-revised.ts';
import { defineCommand, system } from '../command.ts';
import { usageSchema } from '../event.ts';
import { limits } from '../limits.ts';
import { requireRunning } from '../turns.ts';

/**
 * Ends a refresh of the brief: applies its operations to the brief as it stands by now, in one append with the end of its
 * turn. What people have changed meanwhile stays, where no operation names it.
 */
export const turnRefresh = defineCommand({
  args: z.object({
    turnId: z.string(),
    operations: z.array(z.unknown()).max(limits.documentOperations),
    /** The room's state version that the operations take in. */
    basedOn: z.int().nonnegative(),
    usage: usageSchema.optional(),
  }),
  decide({ turnId, operations, basedOn, usage }, state) {
    requireRunning(state, turnId);
    const { brief } = state;
    const outcome = applyGuarded(state, operations);
    const data = revised(brief, outcome, 'refresh');
    // Without a change it is the same revision; what was taken in, and what was skipped, is told all the same.
    const revision = outcome.document === brief.document ? Math.max(1, brief.revision) : data.revision;
    const ended = { outcome: 'completed' as const, ...(usage === undefined ? {} : { usage }) };
    return {
      events: [
        { kind: 'brief.revised', actor: system, turnId, data: { ...data, revision, basedOn } },
        { kind: 'turn.ended', actor: system, turnId, data: ended },
      ],
      result: {},
    };
  },
});
