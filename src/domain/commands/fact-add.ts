import { z } from 'zod';
import { defineCommand } from '../command.ts';
import { requireRoomForFact, toldFact } from '../facts.ts';
import { requireRole } from '../permissions.ts';
import { factSummarySchema, factTextSchema } from '../text.ts';

/** Writes down something that a person knows. */
export const factAdd = defineCommand({
  args: z.object({ text: factTextSchema, summary: factSummarySchema.optional() }),
  decide({ text, summary }, state, { actor, newId }) {
    const { name } = requireRole(state, actor, 'participant');
    requireRoomForFact(state);
    const factId = newId();
    const stateVersion = state.stateVersion + 1;
    const fact = {
      factId,
      text,
      summary: summary ?? `noted by ${name}`,
      status: 'confirmed' as const,
      source: { type: 'user_note' as const, ref: null },
    };
    return {
      events: [{ kind: 'fact.added', actor, data: toldFact(fact, stateVersion) }],
      result: { factId, stateVersion },
    };
  },
});
