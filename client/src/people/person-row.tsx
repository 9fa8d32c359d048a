import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { mayManage } from '../../../src/domain/permissions.ts';
import type { Member } from '../../../src/domain/room-state.ts';
import { useLiveRoom } from '../room/room-context.ts';
import { memberOf } from '../store/selectors.ts';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { ManageMemberDialog } from './manage-member-dialog.tsx';

const roleWords = { owner: 'owner', moderator: 'moderator', participant: '', spectator: 'watches' } as const;

function whereabouts(member: Member, tabs: number): string {
  const where = tabs === 0 ? 'away' : tabs === 1 ? 'here' : `here in ${tabs} tabs`;
  return [roleWords[member.role], where].filter((word) => word !== '').join(' · ');
}

export function PersonRow({ member, tabs }: { member: Member; tabs: number }) {
  const you = useLiveRoom((room) => room.you.userId === member.userId);
  const manages = useLiveRoom(
    (room) => room.you.userId !== member.userId && mayManage(memberOf(room), member),
  );
  const [open, setOpen] = useState(false);
  return (
    <li className={tabs === 0 ? 'person person-away' : 'person'}>
      <Avatar id={member.userId} name={member.name} small />
      <span className="person-name">
        {member.name}
        {you ? <span className="tag tag-you">you</span> : null}
      </span>
      <span className="person-about">{whereabouts(member, tabs)}</span>
      {manages ? (
        <IconButton label={`Manage ${member.name}`} className="person-manage" onClick={() => setOpen(true)}>
          <Ellipsis />
        </IconButton>
      ) : null}
      {open ? <ManageMemberDialog member={member} onClose={() => setOpen(false)} /> : null}
    </li>
  );
}
