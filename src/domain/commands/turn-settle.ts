import { z } from 'zod';
import { defineCommand } from '../command.ts';
import { memoryIdFor, type NewConsequence } from '../consequence.ts';
import { limits } from '../limits.ts';
import { edgeDeltaSchema } from '../relationships.ts';
import { findMessage, type RoomState } from '../room-state.ts';
import { cutTo, storableText } from '../text.ts';
import { requireRunning } from '../turns.ts';

/** Points by which one exchange may move affinity or trust. */
export const mostStep = 10;
const mostLearned = 3;

const text = (max: number) => z.string().transform((value) => cutTo(max, storableText(value).trim()));
const step = z.number().transform((value) => Math.max(-mostStep, Math.min(mostStep, Math.round(value))));

/**
 * Writes down what follows from words of a running turn: what each witness remembers, and how everybody sees the others
 * since. Whoever is gone gains nothing, and nothing follows from words that have left the timeline meanwhile.
 */
export const turnSettle = defineCommand({
  args: z.object({
    turnId: z.string(),
    /** The words it follows from. */
    messageId: z.string(),
    /** The first message of the exchange: who came after it was not there. */
    since: z.int().positive(),
    significance: z.number().transform((value) => Math.max(1, Math.min(10, Math.round(value)))),
    memories: z.array(z.object({ witnessId: z.string(), text: text(limits.memoryText) })),
    edges: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        delta: edgeDeltaSchema.extend({
          affinity: step,
          trust: step,
          knowledge: z.array(text(limits.knowledge)).transform((facts) => facts.slice(0, mostLearned)),
          summary: text(limits.knowledge).optional(),
        }),
      }),
    ),
  }),
  reach: ({ messageId }) => ({ around: messageId }),
  decide({ turnId, messageId, since, significance, memories, edges }, state) {
    requireRunning(state, turnId);
    if (findMessage(state, messageId) === undefined) return { events: [], result: {} };
    const wasThere = witnessesSince(state, since);
    const cause = messageId;
    const remembered = memories
      .filter(({ witnessId, text }) => wasThere.bots.has(witnessId) && text !== '')
      .map(({ witnessId, text }): NewConsequence => {
        const memoryId = memoryIdFor(messageId, witnessId);
        const memory = { memoryId, witnessId, text, significance, cause };
        return { kind: 'memory', memory };
      });
    const changed = edges
      .filter(({ from, to }) => from !== to && wasThere.all.has(from) && wasThere.all.has(to))
      .map(({ from, to, delta }): NewConsequence => {
        const knowledge = delta.knowledge.filter((fact) => fact !== '');
        return { kind: 'edge', change: { from, to, delta: { ...delta, knowledge }, cause } };
      });
    return { events: [], result: {}, consequences: [...remembered, ...changed] };
  },
});

function witnessesSince({ bots, members }: RoomState, since: number) {
  const here = bots.filter((bot) => bot.since < since).map(({ botId }) => botId);
  const people = members.filter((member) => member.role !== 'spectator' && member.since < since);
  return { bots: new Set(here), all: new Set([...here, ...people.map(({ userId }) => userId)]) };
}
