import { useEffect, useState } from 'react';
import { useLiveRoom } from './room-context.ts';

/** Names the tab after the room, and counts what was said while it was out of sight. */
export function useRoomTitle(title: string): void {
  const last = useLiveRoom((room) => room.timeline.at(-1)?.seq ?? 0);
  const [seen, setSeen] = useState(last);
  const unread = useLiveRoom(({ timeline, you }) => {
    const after = timeline.findLastIndex((message) => message.seq <= seen) + 1;
    return timeline.slice(after).filter((message) => message.author.id !== you.userId).length;
  });
  useEffect(() => {
    const look = () => {
      if (!document.hidden) setSeen(last);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [last]);
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${title} · Kibitz`;
  }, [title, unread]);
}
