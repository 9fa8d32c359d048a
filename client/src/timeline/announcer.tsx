import { useLiveRoom } from '../room/room-context.ts';

const spokenMax = 300;

/** Reads out each message of others once it is whole; live text would be a stammer. */
export function Announcer() {
  const words = useLiveRoom((room) => {
    const last = room.timeline.at(-1);
    if (last === undefined || last.author.id === room.you.userId) return '';
    return `${last.author.name}: ${last.text.slice(0, spokenMax)}`;
  });
  return (
    <p className="visually-hidden" aria-live="polite" aria-atomic="true">
      {words}
    </p>
  );
}
