import { useState } from 'react';
import type { RoomBot } from '../../../src/domain/room-state.ts';
import { live } from '../app/client.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { forgettingWords } from '../store/forgetting.ts';
import { Button } from '../ui/button.tsx';
import { tell } from '../ui/toasts.tsx';
import { useAction } from '../ui/use-action.ts';

/** Makes a bot forget all of this room, once it has been said what that is. */
export function ForgetEverything({ bot, onDone }: { bot: RoomBot; onDone: () => void }) {
  const { roomId } = useRoomTools();
  const { botId, name } = bot;
  const [asking, setAsking] = useState(false);
  const words = useLiveRoom((room) => forgettingWords(room.state, botId, name));
  const { busy, error, run } = useAction();
  const forget = () =>
    run(async () => {
      await live.command(roomId, 'bot.reset', { botId });
      tell(`${name} has forgotten everything`);
      onDone();
    });
  if (!asking) {
    return (
      <div className="action-row">
        <p>Memories and relationships of this room</p>
        <Button small onClick={() => setAsking(true)}>
          Forget everything…
        </Button>
      </div>
    );
  }
  return (
    <fieldset className="action-row action-row-asking" aria-label="Forget everything?">
      <p>
        <strong>Forget everything?</strong> {words}
      </p>
      {error === undefined ? null : (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      <div className="row">
        <Button small autoFocus onClick={() => setAsking(false)}>
          Keep it
        </Button>
        <Button small look="danger" disabled={busy} onClick={() => void forget()}>
          Yes, forget everything
        </Button>
      </div>
    </fieldset>
  );
}
