import { z } from 'zod';
import { type Decision, defineCommand } from '../command.ts';
import { limits } from '../limits.ts';
import { requireRole } from '../permissions.ts';
import { requireAnswered } from '../tasks.ts';
import { idSchema } from '../text.ts';

const draftText = z.string().trim().min(1).max(limits.taskAnswer);

/**
 * Recognises that a fact may be drafted: from an answered task, a question with its answer, or a check with its output. It
 * writes nothing: whoever carries it out has the draft made.
 */
export const factDraft = defineCommand({
  args: z
    .object({
      taskId: idSchema.optional(),
      question: draftText.optional(),
      answer: draftText.optional(),
      check: draftText.optional(),
      output: z.string().max(limits.taskAnswer).optional(),
    })
    .refine(
      ({ taskId, question, answer, check, output }) =>
        taskId !== undefined ||
        (question !== undefined && answer !== undefined) ||
        (check !== undefined && output !== undefined),
      { path: ['taskId'], error: 'give a taskId, or question and answer, or check and output' },
    ),
  decide({ taskId }, state, { actor }): Decision<{ draft?: { text: string; summary: string } }> {
    requireRole(state, actor, 'participant');
    if (taskId !== undefined) requireAnswered(state, taskId);
    return { events: [], result: {}, isPending: true };
  },
});
