import { limits } from '../../../src/domain/limits.ts';
import type { Task } from '../../../src/domain/task.ts';
import { live } from '../app/client.ts';
import { By } from '../known/by.tsx';
import { EditForm } from '../known/edit-form.tsx';
import { useRoomTools } from '../room/room-context.ts';
import { type AnswerEdit, taskWords } from '../store/tasks.ts';
import { returnFocus } from '../ui/focus.ts';
import { useAction } from '../ui/use-action.ts';
import { useAnswering } from './use-answering.ts';

/** Answers a question, or says what a check came to, or says it anew. */
export function AnswerForm({ task, edit }: { task: Task; edit: AnswerEdit }) {
  const { taskId, kind, answer, answered } = task;
  const { roomId } = useRoomTools();
  const { put } = useAnswering(task);
  const { busy, error, run } = useAction();
  const close = () => {
    put(undefined);
    returnFocus(`t-${taskId}`);
  };
  const save = () =>
    run(async () => {
      const text = edit.text.trim();
      if (text !== answer) await live.command(roomId, 'task.answer', { taskId, answer: text });
      close();
    });
  const isOvertaken = answered !== undefined && answer !== edit.base && answer !== edit.text.trim();
  return (
    <EditForm
      label={taskWords[kind].answer}
      value={edit.text}
      onChange={(text) => put({ ...edit, text })}
      maxLength={limits.taskAnswer}
      save="Save"
      isLong
      mayBeEmpty={kind === 'check'}
      busy={busy}
      error={error}
      onSave={() => void save()}
      onCancel={close}
    >
      {isOvertaken ? (
        <div className="theirs" role="status">
          <p>
            <strong>Answered meanwhile</strong> by <By {...answered} />. Saving yours replaces it:
          </p>
          <blockquote>{answer}</blockquote>
        </div>
      ) : null}
    </EditForm>
  );
}
