import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { followersOf } from '../../../src/domain/messages.ts';
import type { TimelineMessage } from '../../../src/domain/room-state.ts';
import { live } from '../app/client.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { Button } from '../ui/button.tsx';
import { Modal } from '../ui/dialog.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { useAction } from '../ui/use-action.ts';

/** Takes a message off the timeline, once it has been said what leaves with it. */
export function RemoveMessage({ message }: { message: TimelineMessage }) {
  const { roomId } = useRoomTools();
  const [asking, setAsking] = useState(false);
  const followers = useLiveRoom((room) => followersOf(room.state, message).length);
  const { busy, error, run } = useAction();
  const remove = () =>
    void run(async () => {
      await live.command(roomId, 'message.remove', { messageId: message.messageId });
      setAsking(false);
    });
  const also =
    followers === 0
      ? ''
      : followers === 1
        ? ' The reply to it leaves with it.'
        : ` ${followers} replies leave with it.`;
  return (
    <>
      <IconButton label="Remove" onClick={() => setAsking(true)}>
        <Trash2 />
      </IconButton>
      <Modal
        open={asking}
        onClose={() => setAsking(false)}
        title="Remove this message?"
        description={`It leaves the room for everybody.${also}`}
      >
        <div className="dialog-body">
          {error === undefined ? null : (
            <p className="field-error" role="alert">
              {error}
            </p>
          )}
          <div className="dialog-actions">
            <Button onClick={() => setAsking(false)}>Keep it</Button>
            <Button look="danger" disabled={busy} onClick={remove}>
              Remove
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
