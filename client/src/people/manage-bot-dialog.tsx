import { useState } from 'react';
import type { RoomBot } from '../../../src/domain/room-state.ts';
import { live } from '../app/client.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { Button } from '../ui/button.tsx';
import { Modal } from '../ui/dialog.tsx';
import { tell } from '../ui/toasts.tsx';
import { useAction } from '../ui/use-action.ts';
import { ForgetEverything } from './forget-everything.tsx';

/** Makes a bot the host, has it forget, or sends it away. */
export function ManageBotDialog({ bot, onClose }: { bot: RoomBot; onClose: () => void }) {
  const { roomId } = useRoomTools();
  const remembers = useLiveRoom((room) => room.state.room.settings.relationships);
  const [sure, setSure] = useState(false);
  const { busy, error, run } = useAction();
  const { botId, name, role } = bot;
  const isHost = role === 'host';
  const makeHost = () =>
    run(async () => {
      await live.command(roomId, 'bot.add', { botId, role: 'host' });
      tell(`${name} is the host now`);
      onClose();
    });
  const remove = () =>
    run(async () => {
      await live.command(roomId, 'bot.remove', { botId });
      tell(`${name} was removed from the room`);
      onClose();
    });
  return (
    <Modal
      open
      onClose={onClose}
      title={name}
      description={
        isHost
          ? 'The host of this room: it answers when it is not clear whom a message is for.'
          : 'A guest: it answers when it is called or talked to. The host answers when nobody is.'
      }
    >
      <div className="dialog-body">
        {remembers ? <ForgetEverything bot={bot} onDone={onClose} /> : null}
        {error === undefined ? null : (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        <div className="dialog-actions">
          <Button
            look="danger"
            className="push-left"
            disabled={busy}
            onClick={() => (sure ? void remove() : setSure(true))}
          >
            {sure ? `Yes, remove ${name}` : 'Remove from the room'}
          </Button>
          <Button onClick={onClose}>Close</Button>
          {isHost ? null : (
            <Button look="primary" disabled={busy} onClick={() => void makeHost()}>
              Make host
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}
