import { Plus } from 'lucide-react';
import { live } from '../app/client.ts';
import { useDesk, useRoomTools } from '../room/room-context.ts';
import { type FactWords, wordsToSend } from '../store/facts.ts';
import { Button } from '../ui/button.tsx';
import { returnFocus } from '../ui/focus.ts';
import { useAction } from '../ui/use-action.ts';
import { FactForm } from './fact-form.tsx';

const buttonId = 'add-note';

/** Notes something that one knows. */
export function AddNote() {
  const { roomId, desk } = useRoomTools();
  const note = useDesk((state) => state.note);
  const { busy, error, run } = useAction();
  const put = (next: FactWords | undefined) => desk.setState({ note: next });
  const close = () => {
    put(undefined);
    returnFocus(buttonId);
  };
  if (note === undefined) {
    return (
      <Button id={buttonId} small className="known-add" onClick={() => put({ text: '', summary: '' })}>
        <Plus aria-hidden="true" /> Add a note
      </Button>
    );
  }
  const add = () =>
    run(async () => {
      await live.command(roomId, 'fact.add', wordsToSend(note));
      close();
    });
  return (
    <FactForm
      label="What you know"
      value={note}
      onChange={put}
      save="Add"
      busy={busy}
      error={error}
      onSave={() => void add()}
      onCancel={close}
    />
  );
}
