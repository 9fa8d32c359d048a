import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { briefFollows } from '../brief-follows.ts';
import { defineCommand } from '../command.ts';
import type { Actor, NewEvent } from '../event.ts';
import { toldFact } from '../facts.ts';
import { requireRole } from '../permissions.ts';
import type { RoomState } from '../room-state.ts';
import { findPromoted, requireTask, toldTask } from '../tasks.ts';
import { idSchema, taskAnswerSchema } from '../text.ts';

/**
 * Answers a question or says what a check gave, which may be nothing; also another answer, which takes the fact made of the
 * old one away.
 */
export const taskAnswer = defineCommand({
  args: z.object({ taskId: idSchema, answer: taskAnswerSchema }),
  decide({ taskId, answer }, state, { actor }) {
    requireRole(state, actor, 'participant');
    const task = requireTask(state, taskId);
    if (task.kind === 'question' && answer === '') {
      throw new KibitzError('invalid', 'answer: must not be blank', { field: 'answer' });
    }
    if (task.status === 'answered' && task.answer === answer) return { events: [], result: { taskId } };
    return {
      events: [
        { kind: 'task.answered', actor, data: { ...toldTask(task), answer } },
        ...withoutSource(state, actor, taskId),
      ],
      result: { taskId },
    };
  },
});

/** The removal of the fact that was made of an answer which no longer stands. */
function withoutSource(state: RoomState, actor: Actor, taskId: string): NewEvent[] {
  const fact = findPromoted(state, taskId);
  if (fact === undefined) return [];
  const data = { ...toldFact(fact, state.stateVersion + 1), reason: 'answered anew' };
  return [
    { kind: 'fact.removed', actor, data },
    ...briefFollows(state.brief, { gone: new Set([fact.factId]), back: new Set() }),
  ];
}
