import type { RoomListItem } from '../../../src/protocol/rooms.ts';
import { Link } from '../app/router.tsx';
import { hueOf } from '../ui/hue.ts';
import { ago } from '../ui/time.ts';

const roleWords = {
  owner: 'yours',
  moderator: 'you moderate',
  participant: 'you take part',
  spectator: 'you watch',
} as const;

export function RoomList({ rooms }: { rooms: readonly RoomListItem[] }) {
  return (
    <ul className="room-list">
      {rooms.map((room) => (
        <li key={room.id}>
          <Link href={`/rooms/${room.id}`} className="room-row" data-hue={hueOf(room.id)}>
            <span className="room-row-title">{room.title}</span>
            <span className="room-row-about">
              {roleWords[room.role]} · <time dateTime={room.updatedAt}>{ago(room.updatedAt)}</time>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
