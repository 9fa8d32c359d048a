import {
  ArrowLeft,
  ChartColumn,
  LibraryBig,
  NotebookText,
  Settings2,
  UserPlus,
  Users,
  Waypoints,
} from 'lucide-react';
import { atLeast } from '../../../src/domain/roles.ts';
import { useApp } from '../app/client.ts';
import { usageAddress } from '../app/period.ts';
import { Link } from '../app/router.tsx';
import { ThemeToggle } from '../app/theme-toggle.tsx';
import { showsKnown } from '../store/known.ts';
import { roleOf, showsRelationships } from '../store/room-view.ts';
import { openTasks } from '../store/tasks.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { useLiveRoom } from './room-context.ts';
import { usePanels } from './use-panels.ts';

export function RoomHeader() {
  const title = useLiveRoom((room) => room.state.room.title);
  const moderates = useLiveRoom((room) => atLeast(roleOf(room), 'moderator'));
  const takesPart = useLiveRoom((room) => atLeast(roleOf(room), 'participant'));
  const roomId = useLiveRoom((room) => room.state.room.id);
  const remembers = useLiveRoom(showsRelationships);
  const knows = useLiveRoom(showsKnown);
  const toFindOut = useLiveRoom((room) => openTasks(room.state.tasks).length);
  const sources = useLiveRoom((room) => room.state.sources.length);
  const { beside, open, toggle } = usePanels();
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
          <Button look="primary" small onClick={() => open({ what: 'invite' })} aria-label="Invite">
            <UserPlus aria-hidden="true" /> <span className="wide-only">Invite</span>
          </Button>
        ) : null}
        <IconButton
          label="People"
          onClick={() => toggle({ what: 'people' })}
          aria-pressed={beside?.what === 'people'}
        >
          <Users />
        </IconButton>
        {knows ? (
          <IconButton
            label={`What we know${toFindOut === 0 ? '' : `: ${toFindOut} still to be found out`}`}
            className="counted"
            onClick={() => toggle({ what: 'known' })}
            aria-pressed={beside?.what === 'known'}
          >
            <NotebookText />
            {toFindOut === 0 ? null : (
              <span className="count" aria-hidden="true">
                {toFindOut > 99 ? '99+' : toFindOut}
              </span>
            )}
          </IconButton>
        ) : null}
        <IconButton
          label={`Library${sources === 0 ? '' : `: ${sources} ${sources === 1 ? 'source' : 'sources'}`}`}
          className="counted"
          onClick={() => toggle({ what: 'library' })}
          aria-pressed={beside?.what === 'library'}
        >
          <LibraryBig />
          {sources === 0 ? null : (
            <span className="count" aria-hidden="true">
              {sources}
            </span>
          )}
        </IconButton>
        {remembers ? (
          <IconButton
            label="Relationships"
            onClick={() => toggle({ what: 'relationships' })}
            aria-pressed={beside?.what === 'relationships'}
          >
            <Waypoints />
          </IconButton>
        ) : null}
        {takesPart ? (
          <Link
            href={usageAddress(roomId)}
            // A small screen has it in the settings.
            className="icon-button wide-only"
            aria-label="Usage"
            title="Usage"
          >
            <ChartColumn />
          </Link>
        ) : null}
        <IconButton label="Room settings" onClick={() => open({ what: 'settings' })}>
          <Settings2 />
        </IconButton>
        {/* Where a small screen has no room for all. */}
        <span className={remembers || knows ? 'wide-only' : undefined}>
          <ThemeToggle />
        </span>
      </div>
    </header>
  );
}
