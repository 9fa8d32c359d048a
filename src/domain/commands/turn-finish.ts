import { z } from 'zod';
import { defineCommand, system } from '../command.ts';
import { messageSchema, outcomes, usageSchema } from '../event.ts';
import { noted } from '../noted.ts';
import { notesSchema } from '../notes.ts';
import { timelineAfter } from '../timeline-after.ts';
import { leftOver, wordsOf } from '../turn-words.ts';
import { reachOfTurn, requireRunning } from '../turns.ts';

/**
 * Ends the running turn with what was said, in one append: the words where they belong, the withdrawal of interjections
 * that are left over, then the one end.
 */
export const turnFinish = defineCommand({
  args: z.object({
    turnId: z.string(),
    outcome: z.enum(outcomes),
    error: z.string().optional(),
    usage: usageSchema.optional(),
    reply: messageSchema.optional(),
    /** What its author noted beside the reply. */
    notes: notesSchema.optional(),
  }),
  reach: ({ turnId }, state) => reachOfTurn(state, turnId),
  decide({ turnId, outcome, error, usage, reply, notes }, state, { newId }) {
    const turn = requireRunning(state, turnId);
    const { events, lost } = wordsOf(state, turn, outcome, reply);
    const data = {
      outcome: lost === undefined ? outcome : ('failed' as const),
      ...(lost === undefined && error === undefined ? {} : { error: lost ?? error }),
      ...(usage === undefined ? {} : { usage }),
    };
    return {
      events: [
        ...events,
        ...leftOver(timelineAfter(state, events), turn),
        { kind: 'turn.ended', actor: system, turnId, data },
      ],
      result: {},
      consequences: noted(state, events, notes, newId),
    };
  },
});
