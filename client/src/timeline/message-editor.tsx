import { type KeyboardEvent, useEffect, useRef } from 'react';
import { limits } from '../../../src/domain/limits.ts';
import type { TimelineMessage } from '../../../src/domain/room-state.ts';
import { live } from '../app/client.ts';
import { navigate } from '../app/router.tsx';
import { useDesk, useRoomTools } from '../room/room-context.ts';
import { Button } from '../ui/button.tsx';
import { useAction } from '../ui/use-action.ts';
import { useAutosize } from '../ui/use-autosize.ts';

/** Changes a message in its place. What is typed stays on the desk, also while the message is scrolled out of view. */
export function MessageEditor({ message }: { message: TimelineMessage }) {
  const { roomId, desk } = useRoomTools();
  const text = useDesk(({ editing }) => editing?.text ?? '');
  const regenerate = useDesk(({ editing }) => editing?.regenerate);
  const field = useRef<HTMLTextAreaElement>(null);
  const { busy, error, run } = useAction();
  useAutosize(field, text);
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.setSelectionRange(-1, -1);
  }, []);
  const { messageId } = message;
  const close = () => {
    desk.setState({ editing: undefined });
    // The address may have led here.
    if (location.hash === `#m-${messageId}`) navigate(location.pathname, 'replace');
  };
  const save = () =>
    run(async () => {
      if (regenerate !== undefined) {
        await live.command(roomId, 'reply.regenerate', { messageId: regenerate, text });
      } else if (text !== message.text) {
        await live.command(roomId, 'message.edit', { messageId, text });
      }
      close();
    });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') close();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    if (text.trim() !== '') void save();
  };
  return (
    <form
      className="editor"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <textarea
        ref={field}
        className="input"
        aria-label="Edit message"
        maxLength={limits.messageText}
        value={text}
        onKeyDown={onKeyDown}
        onChange={(event) =>
          desk.setState(({ editing }) => ({ editing: editing && { ...editing, text: event.target.value } }))
        }
      />
      {error === undefined ? null : (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      <div className="row">
        <Button type="submit" look="primary" small disabled={busy || text.trim() === ''}>
          {regenerate === undefined ? 'Save' : 'Save and ask again'}
        </Button>
        <Button small onClick={close}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
