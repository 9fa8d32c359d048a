import { ArrowLeft, Settings2, UserPlus, Users } from 'lucide-react';
import { atLeast } from '../../../src/domain/roles.ts';
import { useApp } from '../app/client.ts';
import { Link } from '../app/router.tsx';
import { ThemeToggle } from '../app/theme-toggle.tsx';
import { roleOf } from '../store/room-view.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { useLiveRoom } from './room-context.ts';

type Props = {
  peopleShown: boolean;
  onPeople: () => void;
  onInvite: () => void;
  onSettings: () => void;
};

export function RoomHeader({ peopleShown, onPeople, onInvite, onSettings }: Props) {
  const title = useLiveRoom((room) => room.state.room.title);
  const moderates = useLiveRoom((room) => atLeast(roleOf(room), 'moderator'));
  const here = useLiveRoom((room) => room.presence.people.length);
  const watching = useLiveRoom((room) => room.presence.spectators);
  const online = useApp((state) => state.link === 'online');
  return (
    <header className="room-head">
      <Link href="/" className="icon-button" aria-label="All rooms" title="All rooms">
        <ArrowLeft />
      </Link>
      <div className="room-title">
        <h1 title={title}>{title}</h1>
        <p>
          <span className={online ? 'live-dot' : 'live-dot live-dot-off'} aria-hidden="true" />
          {online ? `${here} here` : 'not connected'}
          {watching > 0 && online ? ` · ${watching} watching` : ''}
        </p>
      </div>
      <div className="room-tools">
        {moderates ? (
          <Button look="primary" small onClick={onInvite} aria-label="Invite">
            <UserPlus aria-hidden="true" /> <span className="wide-only">Invite</span>
          </Button>
        ) : null}
        <IconButton label="People" onClick={onPeople} aria-pressed={peopleShown}>
          <Users />
        </IconButton>
        <IconButton label="Room settings" onClick={onSettings}>
          <Settings2 />
        </IconButton>
        <ThemeToggle />
      </div>
    </header>
  );
}
