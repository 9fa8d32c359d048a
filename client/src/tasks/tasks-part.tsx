import { useMemo, useState } from 'react';
import { atLeast } from '../../../src/domain/roles.ts';
import type { Task } from '../../../src/domain/task.ts';
import { useRoute } from '../app/router.tsx';
import { Part } from '../known/part.tsx';
import { useDesk, useLiveRoom } from '../room/room-context.ts';
import { roleOf } from '../store/room-view.ts';
import { listedTasks } from '../store/tasks.ts';
import { AddTask } from './add-task.tsx';
import { LostAnswer } from './lost-answer.tsx';
import { TaskItem } from './task-item.tsx';

/** What is still to be found out, and what was. */
export function TasksPart() {
  const tasks = useLiveRoom((room) => room.state.tasks);
  const takesPart = useLiveRoom((room) => atLeast(roleOf(room), 'participant'));
  const edits = useDesk((desk) => desk.answers);
  const { open, answered } = useMemo(() => listedTasks(tasks, edits), [tasks, edits]);
  const lost = Object.entries(edits).filter(([id]) => tasks.every(({ taskId }) => taskId !== id));
  return (
    <Part id="known-tasks" title="Open questions & checks">
      {open.length > 0 ? null : (
        <p className="part-none">
          {answered.length === 0
            ? 'Nothing is asked. What would help to know or to try is listed here, for whoever can tell.'
            : 'Everything that was asked is answered.'}
        </p>
      )}
      <ul className="known-list">
        {open.map((task) => (
          <TaskItem key={task.taskId} task={task} takesPart={takesPart} />
        ))}
        {lost.map(([taskId, { text }]) => (
          <LostAnswer key={taskId} taskId={taskId} text={text} />
        ))}
      </ul>
      {takesPart ? <AddTask /> : null}
      {answered.length === 0 ? null : <Answered tasks={answered} takesPart={takesPart} />}
    </Part>
  );
}

const shownAtFirst = 3;

function Answered({ tasks, takesPart }: { tasks: readonly Task[]; takesPart: boolean }) {
  const [showsAll, setShowsAll] = useState(false);
  const route = useRoute();
  const target = route.page === 'room' ? route.known : undefined;
  const first = tasks.slice(0, shownAtFirst);
  const rest = tasks.slice(shownAtFirst);
  const isWhole = showsAll || rest.some(({ taskId }) => `t-${taskId}` === target);
  return (
    <>
      <h4 className="part-sub">Answered</h4>
      <ul className="known-list">
        {(isWhole ? tasks : first).map((task) => (
          <TaskItem key={task.taskId} task={task} takesPart={takesPart} />
        ))}
      </ul>
      {isWhole || rest.length === 0 ? null : (
        <button type="button" className="text-button known-more" onClick={() => setShowsAll(true)}>
          Show {rest.length} more
        </button>
      )}
    </>
  );
}
