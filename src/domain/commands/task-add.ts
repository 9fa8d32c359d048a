import { z } from 'zod';
import { defineCommand } from '../command.ts';
import { requireRole } from '../permissions.ts';
import { taskKindSchema } from '../task.ts';
import { requireRoomForTask, toldTask } from '../tasks.ts';
import { taskTextSchema } from '../text.ts';

/** Puts a question to everybody, or asks for a check. */
export const taskAdd = defineCommand({
  args: z.object({ kind: taskKindSchema, text: taskTextSchema }),
  decide({ kind, text }, state, { actor, newId }) {
    requireRole(state, actor, 'participant');
    requireRoomForTask(state);
    const taskId = newId();
    return {
      events: [{ kind: 'task.added', actor, data: toldTask({ taskId, kind, text }) }],
      result: { taskId },
    };
  },
});
