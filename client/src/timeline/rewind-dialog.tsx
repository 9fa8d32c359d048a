import { live } from '../app/client.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { messagesAfter } from '../store/leaving.ts';
import { messageAt } from '../store/selectors.ts';
import { Button } from '../ui/button.tsx';
import { Modal } from '../ui/dialog.tsx';
import { useAction } from '../ui/use-action.ts';
import { MessageLines } from './message-lines.tsx';

const undoable = 'It can be undone until somebody writes.';

/** Takes back everything after a message, once it has been shown what that is. */
export function RewindDialog({ messageId, onClose }: { messageId: string; onClose: () => void }) {
  const { roomId } = useRoomTools();
  const kept = useLiveRoom((room) => messageAt(room, messageId));
  const timeline = useLiveRoom((room) => room.timeline);
  const { busy, error, run } = useAction();
  if (kept === undefined) return null;
  const leaving = messagesAfter(timeline, kept.messageId);
  const count = leaving.length === 1 ? 'One message leaves' : `${leaving.length} messages leave`;
  const rewind = () =>
    run(async () => {
      await live.command(roomId, 'history.rewind', { messageId: kept.messageId });
      onClose();
    });
  return (
    <Modal
      open
      onClose={onClose}
      title="Rewind to this message?"
      description={`${count} the room for everybody. ${undoable}`}
    >
      <div className="dialog-body">
        <MessageLines messages={leaving} most={6} />
        {error === undefined ? null : (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" disabled={busy || leaving.length === 0} onClick={() => void rewind()}>
            Rewind
          </Button>
        </div>
      </div>
    </Modal>
  );
}
