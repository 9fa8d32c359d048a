import type { Task } from '../../../src/domain/task.ts';
import { useRoomTools } from '../room/room-context.ts';
import { withEdit } from '../store/desk.ts';
import type { AnswerEdit } from '../store/tasks.ts';

/** How an answer is begun, changed and left, on this person's desk. */
export function useAnswering(task: Task | undefined) {
  const { desk } = useRoomTools();
  const put = (edit: AnswerEdit | undefined) => {
    if (task === undefined) return;
    desk.setState(({ answers }) => ({ answers: withEdit(answers, task.taskId, edit) }));
  };
  return { put, begin: () => put({ text: task?.answer ?? '', base: task?.answer }) };
}
