import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { addresseeOf } from '../addressee.ts';
import type { Decision } from '../command.ts';
import { defineCommand } from '../command.ts';
import { answerTo, type NewConsequence } from '../consequence.ts';
import type { Actor, NewEvent, Trigger } from '../event.ts';
import { replyTo, requireMessage } from '../messages.ts';
import { mayEdit, requireRole } from '../permissions.ts';
import type { RoomState, TimelineMessage } from '../room-state.ts';
import { idSchema, messageTextSchema } from '../text.ts';
import { subjectOf } from '../turns.ts';
import { waitingTurnFor } from '../waiting-turn.ts';

/** Changes what a message says. The reply that answered it is written anew, or a first one is, if it is now wanted. */
export const messageEdit = defineCommand({
  args: z.object({ messageId: idSchema, text: messageTextSchema }),
  reach: ({ messageId }) => ({ around: messageId }),
  decide({ messageId, text }, state, { actor, newId }): Decision<{ messageId: string; turnId?: string }> {
    const member = requireRole(state, actor, 'participant');
    const message = requireMessage(state, messageId);
    if (!mayEdit(member, message)) {
      throw new KibitzError('forbidden', 'Only its author or the owner may edit a message.');
    }
    if (message.text === text) return { events: [], result: { messageId } };
    const edited: NewEvent = { kind: 'message.edited', actor, data: { messageId, text } };
    const consequences = answersBy(state, message, text, actor);
    const wanted = wantedTurn(state, { ...message, text });
    if (wanted === undefined) return { events: [edited], result: { messageId }, consequences };
    if ('joined' in wanted) {
      return { events: [edited], result: { messageId, turnId: wanted.joined }, consequences };
    }
    const turnId = newId();
    const data = { by: actor.id, trigger: wanted };
    return {
      events: [edited, { kind: 'turn.queued', actor, turnId, cause: messageId, data }],
      result: { messageId, turnId },
      consequences,
    };
  },
});

/** The task that a message answers is answered by what it says now. */
function answersBy(
  { tasks }: RoomState,
  { messageId }: TimelineMessage,
  text: string,
  by: Actor,
): NewConsequence[] {
  return tasks
    .filter(({ answered }) => answered?.messageId === messageId)
    .map(({ taskId }) => answerTo(taskId, messageId, text, by));
}

/** What the edited message now wants: a turn, one that waits and will read it anyway, or nothing. */
function wantedTurn(state: RoomState, message: TimelineMessage): Trigger | { joined: string } | undefined {
  if (message.author.type !== 'user') return undefined;
  const { messageId } = message;
  // A turn that waits will read the new text; one that runs has read the old one, and another must follow it.
  const waitsFor = (subject: string) =>
    state.turns.some(({ status, trigger }) => status === 'queued' && subjectOf(trigger) === subject);
  const reply = replyTo(state, messageId);
  if (reply !== undefined) {
    const place = new Set([reply.messageId, ...reply.versions.map((version) => version.messageId)]);
    return [...place].some(waitsFor) ? undefined : { regenerate: reply.messageId };
  }
  if (waitsFor(messageId)) return undefined;
  const isBeingAnswered = state.turns.some(({ trigger }) => subjectOf(trigger) === messageId);
  if (isBeingAnswered) return { messageId };
  if (state.messages.at(-1)?.messageId !== messageId) return undefined;
  const verdict = addresseeOf(message, state);
  if (verdict.botId === null) return undefined;
  const joined = waitingTurnFor(verdict, state);
  return joined === undefined ? { messageId } : { joined };
}
