import { live } from '../app/client.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { type Leaving, leavingWith } from '../store/leaving.ts';
import { messageAt } from '../store/selectors.ts';
import { Button } from '../ui/button.tsx';
import { Modal } from '../ui/dialog.tsx';
import { useAction } from '../ui/use-action.ts';
import { MessageLines } from './message-lines.tsx';

function wordsFor({ replies, interjections }: Leaving): string {
  const parts = [
    replies === 0 ? '' : replies === 1 ? 'the reply to it' : `${replies} replies to it`,
    interjections === 0
      ? ''
      : interjections === 1
        ? 'the word put in on it'
        : `${interjections} words put in on it`,
  ].filter((part) => part !== '');
  if (parts.length === 0) return 'It leaves the room for everybody. This cannot be undone.';
  return `It leaves the room for everybody, and so does what followed from it: ${parts.join(' and ')}. This cannot be undone.`;
}

/** Takes a message off the timeline, once it has been said what leaves with it. */
export function RemoveDialog({ messageId, onClose }: { messageId: string; onClose: () => void }) {
  const { roomId } = useRoomTools();
  const message = useLiveRoom((room) => messageAt(room, messageId));
  const state = useLiveRoom((room) => room.state);
  const timeline = useLiveRoom((room) => room.timeline);
  const { busy, error, run } = useAction();
  if (message === undefined) return null;
  const leaving = leavingWith(state, timeline, message);
  const remove = () =>
    run(async () => {
      await live.command(roomId, 'message.remove', { messageId: message.messageId });
      onClose();
    });
  return (
    <Modal open onClose={onClose} title="Remove this message?" description={wordsFor(leaving)}>
      <div className="dialog-body">
        <MessageLines messages={[message, ...leaving.messages]} most={4} />
        {error === undefined ? null : (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        <div className="dialog-actions">
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" disabled={busy} onClick={() => void remove()}>
            Remove
          </Button>
        </div>
      </div>
    </Modal>
  );
}
