import { type FormEvent, useState } from 'react';
import type { Bot } from '../../../src/domain/bot.ts';
import { api } from '../api/api.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { tell } from '../ui/toasts.tsx';
import { useAction } from '../ui/use-action.ts';
import { voiceFields, voiceFormOf, voiceOf } from './voice-form.ts';

type Props = { bot: Bot; onSaved: (bot: Bot) => void };

/** The voice of a bot of this person, to be written. It is the bot's in every room. */
export function VoiceEditor({ bot, onSaved }: Props) {
  const [form, setForm] = useState(() => voiceFormOf(bot.voice));
  const { busy, error, run } = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const saved = await api.setVoice(bot.id, voiceOf(form));
      setForm(voiceFormOf(saved.voice));
      onSaved(saved);
      tell(`The voice of ${saved.name} is saved`);
    });
  };
  return (
    <details className="voice-editor">
      <summary>Voice</summary>
      <form onSubmit={submit}>
        <p className="field-hint">
          How {bot.name} speaks, in every room it is in. How much of it is heard is set in the room’s
          settings. Whatever is empty is left out.
        </p>
        {voiceFields.map(({ key, label, isList }) => (
          <Field key={key} label={label} hint={isList ? 'One a line' : undefined}>
            {(ids) => (
              <textarea
                {...ids}
                className="input"
                rows={isList ? 3 : 2}
                value={form[key]}
                onChange={(event) => setForm({ ...form, [key]: event.target.value })}
              />
            )}
          </Field>
        ))}
        {error === undefined ? null : (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        <Button type="submit" look="primary" disabled={busy}>
          Save the voice
        </Button>
      </form>
    </details>
  );
}
