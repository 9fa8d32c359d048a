import { History } from 'lucide-react';
import { useState } from 'react';
import { live } from '../app/client.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { messagesAfter } from '../store/selectors.ts';
import { Button } from '../ui/button.tsx';
import { Modal } from '../ui/dialog.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { useAction } from '../ui/use-action.ts';

/** Messages of those that would leave that the preview shows. */
const previewed = 4;

/** Takes back everything after a message, once it has been shown what that is. */
export function RewindTo({ messageId }: { messageId: string }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <IconButton label="Rewind to here" onClick={() => setAsking(true)}>
        <History />
      </IconButton>
      {asking ? <RewindDialog messageId={messageId} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function RewindDialog({ messageId, onClose }: { messageId: string; onClose: () => void }) {
  const { roomId } = useRoomTools();
  const leaving = useLiveRoom((room) => messagesAfter(room, messageId).length);
  const first = useLiveRoom((room) =>
    messagesAfter(room, messageId)
      .slice(0, previewed)
      .map(({ author, text }) => `${author.name}: ${text.replace(/\s+/g, ' ').slice(0, 120)}`)
      .join('\n'),
  );
  const { busy, error, run } = useAction();
  const rewind = () =>
    void run(async () => {
      await live.command(roomId, 'history.rewind', { messageId });
      onClose();
    });
  return (
    <Modal
      open
      onClose={onClose}
      title="Rewind to this message?"
      description={`${leaving === 1 ? 'One message leaves' : `${leaving} messages leave`} the room for everybody. It can be undone until somebody writes.`}
    >
      <div className="dialog-body">
        <ul className="rewind-preview">
          {first.split('\n').map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        {leaving > previewed ? <p className="field-hint">… and {leaving - previewed} more</p> : null}
        {error === undefined ? null : (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" disabled={busy} onClick={rewind}>
            Rewind
          </Button>
        </div>
      </div>
    </Modal>
  );
}
