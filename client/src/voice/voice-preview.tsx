import { useState } from 'react';
import type { Bot } from '../../../src/domain/bot.ts';
import { voiceInstruction } from '../../../src/domain/voice.ts';
import { useLiveRoom } from '../room/room-context.ts';
import { Field } from '../ui/field.tsx';
import { useMyBots } from './use-my-bots.ts';

/** What a prompt will say of the voice of one of this person's bots at a weight. */
export function VoicePreview({ weight }: { weight: number }) {
  const { mine } = useMyBots();
  const present = useLiveRoom((room) => room.state.bots);
  const [chosen, setChosen] = useState<string>();
  const isHere = (bot: Bot) => present.some(({ botId }) => botId === bot.id);
  // Those whom the room will hear come first.
  const bots = mine.toSorted((a, b) => Number(isHere(b)) - Number(isHere(a)));
  const bot = bots.find(({ id }) => id === chosen) ?? bots[0];
  if (bot === undefined) return null;
  return (
    <details className="voice-preview">
      <summary>What is added to the prompt of a bot</summary>
      <Field label="Bot of yours">
        {(ids) => (
          <select
            {...ids}
            className="input"
            value={bot.id}
            onChange={(event) => setChosen(event.target.value)}
          >
            {bots.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Added bot={bot} weight={weight} />
    </details>
  );
}

function Added({ bot: { name, voice }, weight }: { bot: Bot; weight: number }) {
  const added = voiceInstruction(name, voice ?? undefined, weight);
  if (added !== '') return <blockquote className="voice-added">{added}</blockquote>;
  return (
    <p className="field-hint">
      {voiceInstruction(name, voice ?? undefined, 1) === ''
        ? `Nothing: ${name} has no voice of its own yet. You can write one where you manage ${name}.`
        : 'Nothing at this weight.'}
    </p>
  );
}
