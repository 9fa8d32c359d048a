import { X } from 'lucide-react';
import { memo } from 'react';
import type { Task } from '../../../src/domain/task.ts';
import { By } from '../known/by.tsx';
import { LongText } from '../known/long-text.tsx';
import { useDesk, useRoomTools } from '../room/room-context.ts';
import { taskWords } from '../store/tasks.ts';
import { MessageLink } from '../timeline/message-link.tsx';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { AnswerForm } from './answer-form.tsx';
import { Promote } from './promote.tsx';
import { TaskIcon } from './task-icon.tsx';
import { useAnswering } from './use-answering.ts';
import { useDismissTask } from './use-dismiss-task.ts';

type Props = { task: Task; takesPart: boolean };

/** One question or check, with its answer once there is one, and the fact that may have come of it. */
export const TaskItem = memo(function TaskItem({ task, takesPart }: Props) {
  const { taskId, kind, status, text, cause, by, at } = task;
  const edit = useDesk((desk) => desk.answers[taskId]);
  const dismiss = useDismissTask(task);
  const { name } = taskWords[kind];
  return (
    <li id={`t-${taskId}`} className="task" data-status={status} tabIndex={-1}>
      <div className="known-head">
        <span className="task-kind">
          <TaskIcon kind={kind} /> {name}
          {status === 'dismissed' ? <span className="tag">dismissed meanwhile</span> : null}
        </span>
        {takesPart && status === 'open' ? (
          <div className="known-actions">
            <IconButton label={`Dismiss ${name.toLowerCase()}`} onClick={() => void dismiss()}>
              <X />
            </IconButton>
          </div>
        ) : null}
      </div>
      <p className="known-text">{text}</p>
      <p className="known-origin">
        {kind === 'question' ? 'asked by' : 'proposed by'} <By by={by} at={at} />
      </p>
      {cause === undefined ? null : <MessageLink messageId={cause} />}
      {status === 'answered' && edit === undefined ? <Answer task={task} /> : null}
      {edit === undefined ? null : <AnswerForm task={task} edit={edit} />}
      {takesPart && status === 'open' && edit === undefined ? <WaysToAnswer task={task} /> : null}
      {status === 'answered' ? <Promote task={task} takesPart={takesPart} /> : null}
    </li>
  );
});

function Answer({ task: { answer = '', answered } }: { task: Task }) {
  return (
    <div className="task-answer">
      {answer === '' ? <p className="known-origin">it gave nothing</p> : <LongText text={answer} />}
      {answered === undefined ? null : (
        <p className="known-origin">
          answered by <By by={answered.by} at={answered.at} />
        </p>
      )}
      {answered?.messageId === undefined ? null : (
        <MessageLink messageId={answered.messageId} words="in the chat" />
      )}
    </div>
  );
}

function WaysToAnswer({ task }: { task: Task }) {
  const { desk } = useRoomTools();
  const { begin } = useAnswering(task);
  return (
    <div className="row">
      <Button small onClick={begin}>
        {taskWords[task.kind].toAnswer}
      </Button>
      <Button small look="quiet" onClick={() => desk.setState({ replyTo: task.taskId, panel: undefined })}>
        Answer in chat
      </Button>
    </div>
  );
}
