import { z } from 'zod';
import { briefFollows } from '../brief-follows.ts';
import { defineCommand } from '../command.ts';
import { requireFact, requireUnchanged, toldFact } from '../facts.ts';
import { requireRole } from '../permissions.ts';
import { idSchema } from '../text.ts';

/** Takes a fact away; the log keeps it. What is gone already stays so, and nothing changes. */
export const factRemove = defineCommand({
  args: z.object({ factId: idSchema, ifVersion: z.int().nonnegative().optional() }),
  decide({ factId, ifVersion }, state, { actor }) {
    requireRole(state, actor, 'participant');
    if (state.goneFacts.includes(factId)) {
      return { events: [], result: { factId, stateVersion: state.stateVersion } };
    }
    const fact = requireFact(state, factId);
    requireUnchanged(state, fact, ifVersion);
    const stateVersion = state.stateVersion + 1;
    return {
      events: [
        { kind: 'fact.removed', actor, data: toldFact(fact, stateVersion) },
        ...briefFollows(state.brief, { gone: new Set([factId]), back: new Set() }),
      ],
      result: { factId, stateVersion },
    };
  },
});
