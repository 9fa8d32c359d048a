import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand } from '../command.ts';
import { requireRole } from '../permissions.ts';
import { requireTask, toldTask } from '../tasks.ts';
import { idSchema } from '../text.ts';

/** Takes a question or a check off the list; bots do not ask it again. */
export const taskDismiss = defineCommand({
  args: z.object({ taskId: idSchema }),
  decide({ taskId }, state, { actor }) {
    requireRole(state, actor, 'participant');
    const task = requireTask(state, taskId);
    if (task.status === 'dismissed') return { events: [], result: { taskId } };
    if (task.status === 'answered') {
      throw new KibitzError('conflict', 'This task has been answered already.');
    }
    return { events: [{ kind: 'task.dismissed', actor, data: toldTask(task) }], result: { taskId } };
  },
});
