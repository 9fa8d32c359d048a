import { z } from 'zod';
import { addresseeOf } from '../addressee.ts';
import type { Decision } from '../command.ts';
import { defineCommand } from '../command.ts';
import { answerTo } from '../consequence.ts';
import type { NewEvent } from '../event.ts';
import { requireKnownMessage } from '../messages.ts';
import { requireRole } from '../permissions.ts';
import type { RoomState } from '../room-state.ts';
import { currentScene } from '../scene-change.ts';
import type { Task } from '../task.ts';
import { idSchema, messageTextSchema } from '../text.ts';
import { waitingTurnFor } from '../waiting-turn.ts';

/** Writes a message, in answer to a task if it replies to one or to who asked it, and, when a bot should answer it, queues a turn or joins one that waits for the same bot. */
export const messagePost = defineCommand({
  args: z.object({ text: messageTextSchema, replyTo: idSchema.optional() }),
  reach: ({ replyTo }) => (replyTo === undefined ? undefined : { around: replyTo }),
  decide({ text, replyTo }, state, { actor, newId }): Decision<{ messageId: string; turnId?: string }> {
    const member = requireRole(state, actor, 'participant');
    const named = state.tasks.find(({ taskId }) => taskId === replyTo);
    if (replyTo !== undefined && named === undefined) requireKnownMessage(state, replyTo);
    const task = named ?? onlyQuestionOf(state, replyTo);
    const messageId = newId();
    const consequences = task === undefined ? [] : [answerTo(task.taskId, messageId, text, actor)];
    const author = { type: 'user' as const, id: member.userId, name: member.name };
    const reply = replyTo === undefined ? {} : { replyTo };
    const message = { messageId, author, text, ...reply, ...currentScene(state) };
    const posted: NewEvent = { kind: 'message.posted', actor, data: message };

    const verdict = addresseeOf(message, state);
    if (verdict.botId === null) return { events: [posted], result: { messageId }, consequences };
    const waiting = waitingTurnFor(verdict, state);
    if (waiting !== undefined)
      return { events: [posted], result: { messageId, turnId: waiting }, consequences };
    const turnId = newId();
    const data = { by: actor.id, trigger: { messageId } };
    return {
      events: [posted, { kind: 'turn.queued', actor, turnId, cause: messageId, data }],
      result: { messageId, turnId },
      consequences,
    };
  },
});

/** The open question that a message raised, where it is the only one: who replies to it answers that. */
function onlyQuestionOf({ tasks }: RoomState, messageId: string | undefined): Task | undefined {
  const raised = tasks.filter(
    ({ cause, kind, status }) =>
      cause !== undefined && cause === messageId && kind === 'question' && status === 'open',
  );
  return raised.length === 1 ? raised[0] : undefined;
}
