import { z } from 'zod';
import { defineCommand } from '../command.ts';
import { factStatusSchema } from '../fact.ts';
import { requireEditable, requireFact, requireUnchanged, toldFact } from '../facts.ts';
import { requireRole } from '../permissions.ts';
import { factSummarySchema, factTextSchema, idSchema } from '../text.ts';

/**
 * Changes a fact. Whoever does makes it theirs: it stays when the message it came from leaves. `ifVersion` is the state
 * version up to which the caller has seen it.
 */
export const factEdit = defineCommand({
  args: z.object({
    factId: idSchema,
    text: factTextSchema.optional(),
    summary: factSummarySchema.optional(),
    status: factStatusSchema.optional(),
    ifVersion: z.int().nonnegative().optional(),
  }),
  decide({ factId, text, summary, status, ifVersion }, state, { actor }) {
    requireRole(state, actor, 'participant');
    const fact = requireFact(state, factId);
    requireUnchanged(state, fact, ifVersion);
    const next = {
      ...fact,
      text: text ?? fact.text,
      summary: summary ?? fact.summary,
      status: status ?? fact.status,
    };
    if (text !== undefined || summary !== undefined) requireEditable(fact);
    const isSame = next.text === fact.text && next.summary === fact.summary && next.status === fact.status;
    if (isSame) return { events: [], result: { factId, stateVersion: state.stateVersion } };
    const stateVersion = state.stateVersion + 1;
    return {
      events: [{ kind: 'fact.edited', actor, data: toldFact(next, stateVersion) }],
      result: { factId, stateVersion },
    };
  },
});
