import { type FormEvent, useState } from 'react';
import { limits } from '../../../src/domain/limits.ts';
import { KibitzError } from '../../../src/lib/errors.ts';
import { live } from '../app/client.ts';
import { navigate } from '../app/router.tsx';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { forkTitle } from '../store/fork-title.ts';
import { messageAt } from '../store/selectors.ts';
import { Button } from '../ui/button.tsx';
import { Modal } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { tell } from '../ui/toasts.tsx';
import { useAction } from '../ui/use-action.ts';
import { MessageLines } from './message-lines.tsx';

/** Makes a room of one's own that goes on from a message, and goes there. */
export function ForkDialog({ messageId, onClose }: { messageId: string; onClose: () => void }) {
  const { roomId } = useRoomTools();
  const message = useLiveRoom((room) => messageAt(room, messageId));
  const source = useLiveRoom((room) => room.state.room.title);
  const [title, setTitle] = useState(() => forkTitle(source));
  const { busy, error, run } = useAction();
  if (message === undefined) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const args = { messageId: message.messageId, title: title.trim() };
      const { room } = await live.command(roomId, 'room.fork', args);
      if (room === undefined)
        throw new KibitzError('internal', 'The server did not say where the new room is.');
      onClose();
      navigate(`/rooms/${room.id}`);
      tell(`You are in “${args.title}” now, a fork of “${source}”`);
    });
  };
  return (
    <Modal
      open
      onClose={onClose}
      title="Fork from here"
      description="A new room of yours begins with what was said up to this message. This room stays as it is."
    >
      <form className="dialog-body" onSubmit={submit}>
        <MessageLines messages={[message]} most={1} />
        <Field label="Title of the new room">
          {(ids) => (
            <input
              {...ids}
              className="input"
              required
              maxLength={limits.title}
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        {error === undefined ? null : (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={busy || title.trim() === ''}>
            Fork
          </Button>
        </div>
      </form>
    </Modal>
  );
}
