import { useRef } from 'react';
import { useLiveRoom } from '../room/room-context.ts';

const spokenMax = 300;

/**
 * Reads out each message of others once it is whole; live text would be a stammer. What comes to be the last by a rewind
 * was read out before.
 */
export function Announcer() {
  const last = useLiveRoom((room) => room.timeline.at(-1));
  const userId = useLiveRoom((room) => room.you.userId);
  const heard = useRef(0);
  const isNew = last !== undefined && last.seq >= heard.current;
  if (isNew) heard.current = last.seq;
  const words =
    isNew && last.author.id !== userId ? `${last.author.name}: ${last.text.slice(0, spokenMax)}` : '';
  return (
    <p className="visually-hidden" aria-live="polite" aria-atomic="true">
      {words}
    </p>
  );
}
