import { type FormEvent, useState } from 'react';
import { limits } from '../../../src/domain/limits.ts';
import { atLeast } from '../../../src/domain/roles.ts';
import type { RoomState } from '../../../src/domain/room-state.ts';
import { live } from '../app/client.ts';
import { roleOf } from '../store/room-view.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { Modal } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Switch } from '../ui/switch.tsx';
import { tell } from '../ui/toasts.tsx';
import { useAction } from '../ui/use-action.ts';
import { VoicePreview } from '../voice/voice-preview.tsx';
import { VoiceWeight } from '../voice/voice-weight.tsx';
import { type BudgetFields as BudgetForm, budgetChange, budgetIn, fieldsOf } from './budget.ts';
import { BudgetFields, UsageLink } from './budget-fields.tsx';
import { LeaveRoom } from './leave-room.tsx';
import { RelationshipFields, type RelationshipSettings } from './relationship-fields.tsx';
import { useLiveRoom, useRoomTools } from './room-context.ts';

const regenerateOptions = [
  { value: 'anyone', label: 'Anyone who takes part' },
  { value: 'author', label: 'Whoever asked' },
  { value: 'moderators', label: 'Moderators only' },
] as const;

const replyOptions = [
  {
    value: 'auto',
    label: 'When meant',
    hint: 'Whoever is spoken to; nobody while people talk to each other',
  },
  { value: 'always', label: 'Always', hint: 'Where nobody is spoken to, the host answers' },
  { value: 'mention', label: 'When named', hint: 'By @name, by “name: …”, or by a reply to what they said' },
] as const;

const interjectionOptions = [
  { value: '0', label: 'Nobody', hint: 'One question, one reply' },
  { value: '1', label: 'One bot', hint: 'If it has something to say' },
  { value: '2', label: 'Two bots', hint: 'The second hears the first' },
] as const;

type RoomForm = RelationshipSettings & {
  budget: BudgetForm;
  title: string;
  facts: boolean;
  voiceWeight: number;
  regenerate: (typeof regenerateOptions)[number]['value'];
  reply: (typeof replyOptions)[number]['value'];
  interjections: (typeof interjectionOptions)[number]['value'];
};

function formOf({ title, settings }: RoomState['room']): RoomForm {
  const { regenerate, reply, facts, voiceWeight, relationships, spectatorsSeeState } = settings;
  const interjections = `${settings.interjections}` as RoomForm['interjections'];
  return {
    title,
    regenerate,
    reply,
    facts,
    voiceWeight,
    interjections,
    relationships,
    spectatorsSeeState,
    budget: fieldsOf(settings.budget),
  };
}

/** How the room behaves. Those who may not change it see how it is set, and can leave. */
export function RoomSettingsDialog({ onClose }: { onClose: () => void }) {
  const { roomId } = useRoomTools();
  const room = useLiveRoom((live) => live.state.room);
  const moderates = useLiveRoom((live) => atLeast(roleOf(live), 'moderator'));
  const bots = useLiveRoom((live) => live.state.bots.length);
  const [before] = useState(() => formOf(room));
  const [form, setForm] = useState(before);
  const takesPart = useLiveRoom((live) => atLeast(roleOf(live), 'participant'));
  const { busy, error, run } = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const { title, interjections, budget, ...others } = form;
      const settings = {
        ...others,
        interjections: Number(interjections),
        ...budgetChange(budget, before.budget),
      };
      await live.command(roomId, 'room.update', { title, settings });
      tell('Room settings saved');
      onClose();
    });
  };
  return (
    <Modal open onClose={onClose} title="Room settings">
      <form className="dialog-body" onSubmit={submit}>
        <fieldset className="plain-fieldset" disabled={!moderates}>
          <legend className="visually-hidden">Settings</legend>
          <Field label="Title" hint={moderates ? undefined : 'Moderators can change these settings.'}>
            {(ids) => (
              <input
                {...ids}
                className="input"
                required
                maxLength={limits.title}
                value={form.title}
                onChange={(event) => setForm({ ...form, title: event.target.value })}
              />
            )}
          </Field>
          <Choice
            legend="Bots answer"
            options={replyOptions}
            value={form.reply}
            onChange={(value) => setForm({ ...form, reply: value })}
          />
          {bots < 2 ? null : (
            <Choice
              legend="Who may put in a word on another bot’s reply"
              options={interjectionOptions}
              value={form.interjections}
              onChange={(value) => setForm({ ...form, interjections: value })}
            />
          )}
          <Choice
            legend="Who may regenerate a reply"
            options={regenerateOptions}
            value={form.regenerate}
            onChange={(value) => setForm({ ...form, regenerate: value })}
          />
          {bots === 0 ? null : (
            <VoiceWeight
              value={form.voiceWeight}
              onChange={(voiceWeight) => setForm({ ...form, voiceWeight })}
            />
          )}
        </fieldset>
        {/* Also for those who may not change the settings: they choose whose voice they look at. */}
        {bots === 0 ? null : <VoicePreview weight={form.voiceWeight} />}
        <fieldset className="plain-fieldset" disabled={!moderates}>
          <legend className="visually-hidden">What bots keep</legend>
          <fieldset className="choice">
            <legend>What we know</legend>
            <Switch
              label="Note what is established"
              hint="Facts, open questions and checks, after each reply, with one more call of the model"
              checked={form.facts}
              onChange={(facts) => setForm({ ...form, facts })}
            />
          </fieldset>
          <RelationshipFields value={form} onChange={(value) => setForm({ ...form, ...value })} />
          <fieldset className="plain-fieldset">
            <legend className="visually-hidden">Budget</legend>
            <BudgetFields value={form.budget} onChange={(typed) => setForm({ ...form, budget: typed })} />
          </fieldset>
        </fieldset>
        {takesPart ? <UsageLink /> : null}
        {error === undefined ? null : (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        <div className="dialog-actions">
          <LeaveRoom />
          <Button onClick={onClose}>{moderates ? 'Cancel' : 'Close'}</Button>
          {moderates ? (
            <Button
              type="submit"
              look="primary"
              disabled={busy || form.title.trim() === '' || budgetIn(form.budget) === undefined}
            >
              Save
            </Button>
          ) : null}
        </div>
      </form>
    </Modal>
  );
}
