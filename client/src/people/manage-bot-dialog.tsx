import { useState } from 'react';
import type { Bot } from '../../../src/domain/bot.ts';
import { atLeast } from '../../../src/domain/roles.ts';
import type { RoomBot } from '../../../src/domain/room-state.ts';
import { live } from '../app/client.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { roleOf } from '../store/room-view.ts';
import { Button } from '../ui/button.tsx';
import { Modal } from '../ui/dialog.tsx';
import { tell } from '../ui/toasts.tsx';
import { useAction } from '../ui/use-action.ts';
import { VoiceEditor } from '../voice/voice-editor.tsx';
import { ForgetEverything } from './forget-everything.tsx';

type Props = {
  bot: RoomBot;
  /** The bot as its owner knows it, where that is this person. */
  own: Bot | undefined;
  onChanged: (bot: Bot) => void;
  onClose: () => void;
};

/** Makes a bot the host, has it forget, or sends it away; its owner also says how it speaks. */
export function ManageBotDialog({ bot, own, onChanged, onClose }: Props) {
  const { roomId } = useRoomTools();
  const moderates = useLiveRoom((room) => atLeast(roleOf(room), 'moderator'));
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
        {own === undefined ? null : <VoiceEditor bot={own} onSaved={onChanged} />}
        {remembers && moderates ? <ForgetEverything bot={bot} onDone={onClose} /> : null}
        {error === undefined ? null : (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        <div className="dialog-actions">
          {moderates ? (
            <Button
              look="danger"
              className="push-left"
              disabled={busy}
              onClick={() => (sure ? void remove() : setSure(true))}
            >
              {sure ? `Yes, remove ${name}` : 'Remove from the room'}
            </Button>
          ) : null}
          <Button onClick={onClose}>Close</Button>
          {isHost || !moderates ? null : (
            <Button look="primary" disabled={busy} onClick={() => void makeHost()}>
              Make host
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}
