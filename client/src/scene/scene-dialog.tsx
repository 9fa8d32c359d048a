import { type FormEvent, useState } from 'react';
import { limits } from '../../../src/domain/limits.ts';
import type { Scene } from '../../../src/domain/scene.ts';
import { live } from '../app/client.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { Button } from '../ui/button.tsx';
import { Modal } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { useAction } from '../ui/use-action.ts';

type SceneForm = Pick<Scene, 'title' | 'place' | 'clock'>;

const fields = [
  { name: 'title', label: 'Title', hint: 'What happens in it', placeholder: 'A light on the water' },
  { name: 'place', label: 'Place', hint: 'Where everybody is', placeholder: 'The lamp room' },
  { name: 'clock', label: 'Time', hint: 'By the story’s own clock', placeholder: 'An hour before dawn' },
] as const;

/** What differs from the open scene: what is not said stays as it is. */
function changesOf(form: SceneForm, scene: Scene | null): Partial<SceneForm> {
  const changed = fields.flatMap(({ name }) => {
    const value = form[name].trim();
    return value === (scene?.[name] ?? '') ? [] : [[name, value] as const];
  });
  return Object.fromEntries(changed);
}

/** Opens a scene, changes the one that is open, or closes it. */
export function SceneDialog({ onClose }: { onClose: () => void }) {
  const { roomId } = useRoomTools();
  const scene = useLiveRoom((room) => room.state.scene);
  const [form, setForm] = useState<SceneForm>(() => scene ?? { title: '', place: '', clock: '' });
  const { busy, error, run } = useAction();
  const changes = changesOf(form, scene);
  const maySave = form.title.trim() !== '' && Object.keys(changes).length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      await live.command(roomId, 'scene.open', changes);
      onClose();
    });
  };
  const close = () =>
    run(async () => {
      await live.command(roomId, 'scene.close', {});
      onClose();
    });
  return (
    <Modal
      open
      onClose={onClose}
      title={scene === null ? 'Open a scene' : 'Change the scene'}
      description="Everybody in the room sees it, and the characters play in it."
    >
      <form className="dialog-body" onSubmit={submit}>
        {fields.map(({ name, label, hint, placeholder }) => (
          <Field key={name} label={label} hint={hint}>
            {(ids) => (
              <input
                {...ids}
                className="input"
                maxLength={limits.sceneText}
                placeholder={placeholder}
                required={name === 'title'}
                value={form[name]}
                onChange={(event) => setForm({ ...form, [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
        {error === undefined ? null : (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        <div className="dialog-actions">
          {scene === null ? null : (
            <Button look="danger" className="push-left" disabled={busy} onClick={() => void close()}>
              Close scene
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={busy || !maySave}>
            {scene === null ? 'Open' : 'Save'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
