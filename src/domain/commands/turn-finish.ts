import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand, system } from '../command.ts';
import type { MessageData, NewEvent, Outcome } from '../event.ts';
import { messageSchema, outcomes, usageSchema } from '../event.ts';
import type { RoomState, Turn } from '../room-state.ts';
import { findMessage } from '../room-state.ts';

/**
 * Ends the running turn with what was said, in one append: the reply where it belongs, then the one end. Text that is
 * not whole is kept as a truncated message, except in the place of an older reply, which stays.
 */
export const turnFinish = defineCommand({
  args: z.object({
    turnId: z.string(),
    outcome: z.enum(outcomes),
    error: z.string().optional(),
    usage: usageSchema.optional(),
    reply: messageSchema.optional(),
  }),
  refersTo({ turnId }, state) {
    const trigger = state.turns.find((turn) => turn.turnId === turnId)?.trigger;
    return trigger !== undefined && 'regenerate' in trigger ? trigger.regenerate : undefined;
  },
  decide({ turnId, outcome, error, usage, reply }, state) {
    const turn = state.turns.find((candidate) => candidate.turnId === turnId);
    if (turn?.status !== 'running') throw new KibitzError('conflict', 'This turn has ended already.');
    const { events, lost } = replyEvents(state, turn, outcome, reply);
    const data = {
      outcome: lost === undefined ? outcome : ('failed' as const),
      ...(lost === undefined && error === undefined ? {} : { error: lost ?? error }),
      ...(usage === undefined ? {} : { usage }),
    };
    return { events: [...events, { kind: 'turn.ended', actor: system, turnId, data }], result: {} };
  },
});

function replyEvents(
  state: RoomState,
  turn: Turn,
  outcome: Outcome,
  reply: MessageData | undefined,
): { events: NewEvent[]; lost?: string } {
  if (reply === undefined || reply.text.trim() === '') return { events: [] };
  const actor = { type: 'bot' as const, id: reply.author.id };
  const { turnId } = turn;
  if ('messageId' in turn.trigger) {
    const { messageId: cause } = turn.trigger;
    const data = { ...reply, replyTo: cause, version: 1 };
    return { events: [{ kind: 'message.posted', actor, turnId, cause, data }] };
  }
  if (outcome !== 'completed') return { events: [] };
  const old = findMessage(state, turn.trigger.regenerate);
  if (old === undefined)
    return { events: [], lost: 'The reply that was being rewritten is no longer there.' };
  const message = {
    ...reply,
    ...(old.replyTo === undefined ? {} : { replyTo: old.replyTo }),
    version: (old.version ?? 1) + 1,
  };
  const cause = old.cause === undefined ? {} : { cause: old.cause };
  const data = { supersedes: old.messageId, message, reason: 'regenerate' as const };
  return { events: [{ kind: 'message.replaced', actor, turnId, ...cause, data }] };
}
