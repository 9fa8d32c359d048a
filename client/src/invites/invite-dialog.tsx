import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { atLeast, type GrantableRole } from '../../../src/domain/roles.ts';
import type { Invite } from '../../../src/protocol/invites.ts';
import { api } from '../api/api.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { roleOf } from '../store/room-view.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { Modal } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { useAction } from '../ui/use-action.ts';
import { InviteLink } from './invite-link.tsx';
import { InviteList } from './invite-list.tsx';

const roleOptions: readonly { value: GrantableRole; label: string; hint: string }[] = [
  { value: 'participant', label: 'To take part', hint: 'Writes, asks, regenerates' },
  { value: 'spectator', label: 'To watch', hint: 'Sees every word, writes none' },
  { value: 'moderator', label: 'To moderate', hint: 'Also invites, removes, changes settings' },
];

const expiries = [
  { value: '24', label: 'in a day' },
  { value: '168', label: 'in a week' },
  { value: '720', label: 'in 30 days' },
  { value: '', label: 'never' },
];

const uses = [
  { value: '', label: 'as often as wanted' },
  { value: '1', label: 'once' },
  { value: '10', label: '10 times' },
  { value: '100', label: '100 times' },
];

/** Makes links into the room and takes them back. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { roomId } = useRoomTools();
  const mine = useLiveRoom(roleOf);
  const [role, setRole] = useState<GrantableRole>('participant');
  const [expiry, setExpiry] = useState('168');
  const [maxUses, setMaxUses] = useState('');
  const [made, setMade] = useState<{ url: string; role: GrantableRole }>();
  const [invites, setInvites] = useState<readonly Invite[]>([]);
  const { busy, error, run } = useAction();
  const load = useCallback(async () => setInvites(await api.invites(roomId)), [roomId]);
  useEffect(() => void load().catch(() => undefined), [load]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const { url, invite } = await api.newInvite(roomId, {
        role,
        ...(expiry === '' ? {} : { expiresInHours: Number(expiry) }),
        ...(maxUses === '' ? {} : { maxUses: Number(maxUses) }),
      });
      setMade({ url, role: invite.role });
      await load();
    });
  };
  const select = (label: string, value: string, change: (value: string) => void, options: typeof uses) => (
    <Field label={label}>
      {(ids) => (
        <select {...ids} className="input" value={value} onChange={(event) => change(event.target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
  return (
    <Modal
      open
      onClose={onClose}
      title="Invite"
      description="Whoever opens the link is in, with the role you choose."
    >
      <form className="dialog-body" onSubmit={submit}>
        <Choice
          legend="What for"
          options={roleOptions.filter((option) => atLeast(mine, option.value))}
          value={role}
          onChange={setRole}
        />
        <div className="two-fields">
          {select('The link expires', expiry, setExpiry, expiries)}
          {select('It can be used', maxUses, setMaxUses, uses)}
        </div>
        {error === undefined ? null : (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        <Button type="submit" look="primary" disabled={busy}>
          Create link
        </Button>
        {made === undefined ? null : <InviteLink url={made.url} role={made.role} />}
        <InviteList roomId={roomId} invites={invites} onChanged={load} />
      </form>
    </Modal>
  );
}
