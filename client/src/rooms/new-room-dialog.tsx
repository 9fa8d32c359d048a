import { type FormEvent, useEffect, useState } from 'react';
import type { Bot } from '../../../src/domain/bot.ts';
import { limits } from '../../../src/domain/limits.ts';
import type { Template } from '../../../src/domain/settings.ts';
import { api } from '../api/api.ts';
import { navigate } from '../app/router.tsx';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { Modal } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { useAction } from '../ui/use-action.ts';
import { type Answerer, firstAnswerer, isReady, madeBot } from './answerer.ts';
import { AnswererFields } from './answerer-fields.tsx';

/** What comes with the characters of a template; a conversation has none of its own. */
const casts: Partial<Record<Template, string>> = {
  troubleshooting: 'Somebody calm to look for a fault with',
  story: 'Two, and a scene to begin with',
  library: 'Somebody who has read it all',
};

const templateOptions: readonly { value: Template; label: string; hint: string }[] = [
  { value: 'blank', label: 'Conversation', hint: 'Nothing set up beforehand' },
  { value: 'troubleshooting', label: 'Troubleshooting', hint: 'Finding out together what is wrong' },
  { value: 'story', label: 'Story', hint: 'Characters, and what happens to them' },
  { value: 'library', label: 'Library', hint: 'Reading and asking about documents' },
];

/** Who answers unless somebody says otherwise. */
function expected([first]: readonly Bot[], hasCast: boolean): Answerer {
  if (hasCast) return { who: 'cast' };
  return first === undefined ? firstAnswerer : { who: 'mine', botId: first.id };
}

export function NewRoomDialog({ onClose }: { onClose: () => void }) {
  const [title, setTitle] = useState('');
  const [template, setTemplate] = useState<Template>('blank');
  const [bots, setBots] = useState<readonly Bot[]>([]);
  const [chosen, setChosen] = useState<Answerer>();
  const { busy, error, run } = useAction();

  useEffect(() => {
    // Without the list one can still make a new assistant.
    api.bots().then(
      (mine) => setBots(mine),
      () => undefined,
    );
  }, []);
  const cast = casts[template];
  const isPossible = chosen !== undefined && (chosen.who !== 'cast' || cast !== undefined);
  const answerer = isPossible ? chosen : expected(bots, cast !== undefined);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const made = await madeBot(answerer);
      if (made !== undefined) {
        // If the room cannot be made, the bot is there to be chosen.
        setBots((known) => [...known, made]);
        setChosen({ who: 'mine', botId: made.id });
      }
      const botId = made?.id ?? (answerer.who === 'mine' ? answerer.botId : undefined);
      const present = answerer.who === 'cast' ? {} : { bots: botId === undefined ? [] : [botId] };
      const roomId = await api.newRoom({ title, template, ...present });
      navigate(`/rooms/${roomId}`);
    });
  };

  return (
    <Modal open onClose={onClose} title="New room">
      <form className="dialog-body" onSubmit={submit}>
        <Field label="Title">
          {(ids) => (
            <input
              {...ids}
              className="input"
              required
              maxLength={limits.title}
              placeholder="What is it about?"
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        <Choice legend="What for" options={templateOptions} value={template} onChange={setTemplate} />
        <AnswererFields legend="Who answers" bots={bots} value={answerer} onChange={setChosen} cast={cast} />
        {error === undefined ? null : (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={busy || title.trim() === '' || !isReady(answerer)}>
            Create room
          </Button>
        </div>
      </form>
    </Modal>
  );
}
