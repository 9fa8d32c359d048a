import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand } from '../command.ts';
import { messageSchema } from '../event.ts';
import { noted } from '../noted.ts';
import { notesSchema } from '../notes.ts';
import { wordsOf } from '../turn-words.ts';
import { reachOfTurn, requireRunning } from '../turns.ts';

/** Puts whole words of a running turn where they belong; the turn goes on. */
export const turnSay = defineCommand({
  args: z.object({ turnId: z.string(), reply: messageSchema, notes: notesSchema.optional() }),
  reach: ({ turnId }, state) => reachOfTurn(state, turnId),
  decide({ turnId, reply, notes }, state, { newId }) {
    const { events, lost } = wordsOf(state, requireRunning(state, turnId), 'completed', reply);
    if (lost !== undefined) throw new KibitzError('conflict', lost);
    return { events, result: {}, consequences: noted(state, events, notes, newId) };
  },
});
