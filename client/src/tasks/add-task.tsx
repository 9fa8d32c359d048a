import { Plus } from 'lucide-react';
import { limits } from '../../../src/domain/limits.ts';
import type { TaskKind } from '../../../src/domain/task.ts';
import { live } from '../app/client.ts';
import { EditForm } from '../known/edit-form.tsx';
import { useDesk, useRoomTools } from '../room/room-context.ts';
import { Button } from '../ui/button.tsx';
import { returnFocus } from '../ui/focus.ts';
import { Segments } from '../ui/segments.tsx';
import { useAction } from '../ui/use-action.ts';

const kinds = [
  { value: 'question', label: 'A question' },
  { value: 'check', label: 'A check' },
] as const;
const labels: Readonly<Record<TaskKind, string>> = {
  question: 'What is to be asked',
  check: 'What is to be checked',
};
const buttonId = 'add-question';

/** Asks something of everybody, or proposes a check. */
export function AddTask() {
  const { roomId, desk } = useRoomTools();
  const task = useDesk((state) => state.task);
  const { busy, error, run } = useAction();
  const begin = (kind: TaskKind) => desk.setState({ task: { kind, text: '' } });
  if (task === undefined) {
    return (
      <div className="row known-add">
        <Button id={buttonId} small onClick={() => begin('question')}>
          <Plus aria-hidden="true" /> Add a question
        </Button>
        <Button small onClick={() => begin('check')}>
          <Plus aria-hidden="true" /> Add a check
        </Button>
      </div>
    );
  }
  const close = () => {
    desk.setState({ task: undefined });
    returnFocus(buttonId);
  };
  const add = () =>
    run(async () => {
      await live.command(roomId, 'task.add', { kind: task.kind, text: task.text.trim() });
      close();
    });
  return (
    <EditForm
      label={labels[task.kind]}
      value={task.text}
      onChange={(text) => desk.setState({ task: { ...task, text } })}
      maxLength={limits.taskText}
      save="Add"
      busy={busy}
      error={error}
      onSave={() => void add()}
      onCancel={close}
      before={
        <Segments
          legend="Kind"
          options={kinds}
          value={task.kind}
          onChange={(kind) => desk.setState({ task: { ...task, kind } })}
        />
      }
    />
  );
}
