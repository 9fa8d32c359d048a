import { z } from 'zod';
import { type Decision, defineCommand } from '../command.ts';
import { requireRoomForFact, toldFact } from '../facts.ts';
import { requireRole } from '../permissions.ts';
import { findPromoted, requireAnswered } from '../tasks.ts';
import { factSummarySchema, factTextSchema, idSchema } from '../text.ts';

/**
 * Makes a fact of an answered task. Promoted twice, it is the same fact. Without `text` one has to be drafted first: then
 * nothing is written, and whoever carries the command out decides it again with the draft.
 */
export const factPromote = defineCommand({
  args: z.object({
    taskId: idSchema,
    text: factTextSchema.optional(),
    summary: factSummarySchema.optional(),
  }),
  decide({ taskId, text, summary }, state, { actor, newId }): Decision<PromoteResult> {
    requireRole(state, actor, 'participant');
    const task = requireAnswered(state, taskId);
    const known = findPromoted(state, taskId);
    if (known !== undefined) {
      return { events: [], result: { factId: known.factId, stateVersion: state.stateVersion } };
    }
    requireRoomForFact(state);
    if (text === undefined) return { events: [], result: {}, isPending: true };
    const stateVersion = state.stateVersion + 1;
    const isQuestion = task.kind === 'question';
    const fact = {
      factId: newId(),
      text,
      summary: summary ?? (isQuestion ? 'from an answered question' : 'from a check'),
      status: 'confirmed' as const,
      source: { type: isQuestion ? ('question' as const) : ('diagnostic_check' as const), ref: taskId },
    };
    return {
      events: [{ kind: 'fact.added', actor, data: toldFact(fact, stateVersion) }],
      result: { factId: fact.factId, stateVersion },
    };
  },
});

/** Empty while it has to be drafted. */
type PromoteResult = { factId?: string; stateVersion?: number };
