import { type FormEvent, useEffect, useState } from 'react';
import type { Bot } from '../../../src/domain/bot.ts';
import { api } from '../api/api.ts';
import { live } from '../app/client.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { type Answerer, isReady, madeBot } from '../rooms/answerer.ts';
import { AnswererFields } from '../rooms/answerer-fields.tsx';
import { Button } from '../ui/button.tsx';
import { Modal } from '../ui/dialog.tsx';
import { useAction } from '../ui/use-action.ts';

const newBot: Answerer = { who: 'new', name: '', persona: '' };

/** Brings in one of this person's bots, or makes a new one. */
export function AddBotDialog({ onClose }: { onClose: () => void }) {
  const { roomId } = useRoomTools();
  const present = useLiveRoom((room) => room.state.bots);
  const [mine, setMine] = useState<readonly Bot[]>([]);
  const [answerer, setAnswerer] = useState<Answerer>(newBot);
  const { busy, error, run } = useAction();
  useEffect(() => {
    // Without the list one can still make a new one.
    api.bots().then(setMine, () => undefined);
  }, []);
  const absent = mine.filter((bot) => !present.some(({ botId }) => botId === bot.id));
  const chosen = async () => {
    if (answerer.who === 'mine') return answerer.botId;
    const made = await madeBot(answerer);
    if (made === undefined) return undefined;
    // If it is not let in, it is there to be chosen.
    setMine((bots) => [...bots, made]);
    setAnswerer({ who: 'mine', botId: made.id });
    return made.id;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const botId = await chosen();
      if (botId === undefined) return;
      await live.command(roomId, 'bot.add', { botId });
      onClose();
    });
  };
  return (
    <Modal open onClose={onClose} title="Add a bot">
      <form className="dialog-body" onSubmit={submit}>
        <AnswererFields
          legend="Who comes in"
          bots={absent}
          value={answerer}
          onChange={setAnswerer}
          fresh={newBot}
          nobody={false}
        />
        {error === undefined ? null : (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={busy || !isReady(answerer)}>
            Add
          </Button>
        </div>
      </form>
    </Modal>
  );
}
