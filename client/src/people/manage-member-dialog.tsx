import { useState } from 'react';
import { atLeast, type GrantableRole, grantableRoleSchema } from '../../../src/domain/roles.ts';
import type { Member } from '../../../src/domain/room-state.ts';
import { live } from '../app/client.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { roleOf } from '../store/room-view.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { Modal } from '../ui/dialog.tsx';
import { tell } from '../ui/toasts.tsx';
import { useAction } from '../ui/use-action.ts';

const options: readonly { value: GrantableRole; label: string; hint: string }[] = [
  { value: 'moderator', label: 'Moderator', hint: 'Invites, removes, changes the settings' },
  { value: 'participant', label: 'Participant', hint: 'Writes and asks' },
  { value: 'spectator', label: 'Spectator', hint: 'Reads and nothing else' },
];

/** Changes somebody's role, or ends their membership. */
export function ManageMemberDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { roomId } = useRoomTools();
  const mine = useLiveRoom(roleOf);
  const current = grantableRoleSchema.safeParse(member.role);
  const [role, setRole] = useState<GrantableRole>(current.success ? current.data : 'participant');
  const [sure, setSure] = useState(false);
  const { busy, error, run } = useAction();
  const { userId, name } = member;
  const save = () =>
    run(async () => {
      await live.command(roomId, 'member.setRole', { userId, role });
      onClose();
    });
  const remove = () =>
    run(async () => {
      await live.command(roomId, 'member.remove', { userId });
      tell(`${name} was removed from the room`);
      onClose();
    });
  return (
    <Modal open onClose={onClose} title={name}>
      <div className="dialog-body">
        <Choice
          legend="Role"
          options={options.filter((option) => atLeast(mine, option.value))}
          value={role}
          onChange={setRole}
        />
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
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={busy || role === member.role} onClick={() => void save()}>
            Save
          </Button>
        </div>
      </div>
    </Modal>
  );
}
