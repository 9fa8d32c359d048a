import { useEffect, useState } from 'react';
import type { Edge } from '../../../src/domain/relationships.ts';
import { asKibitzError } from '../../../src/lib/errors.ts';
import { api } from '../api/api.ts';
import { store } from '../app/client.ts';
import { useRoomTools } from '../room/room-context.ts';
import { type EdgeHistory, readHistory } from '../store/edge-history.ts';

/** `history` is undefined until it is there, and stays while it is read again. */
export type ReadHistory = {
  history: EdgeHistory | undefined;
  error: string | undefined;
  again: () => void;
};

/** How a relationship came about, read from the log when it is looked at, and again when it changes. */
export function useHistory(edge: Edge): ReadHistory {
  const { roomId } = useRoomTools();
  const [history, setHistory] = useState<EdgeHistory>();
  const [error, setError] = useState<string>();
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: also when it is tried again
  useEffect(() => {
    const { room } = store.getState();
    if (room?.status !== 'live') return;
    let isOver = false;
    setError(undefined);
    const { bots, seq: head } = room.state;
    const ends = bots.filter(({ botId }) => botId === edge.from || botId === edge.to);
    const since = Math.max(0, ...ends.map((bot) => bot.since));
    const read = (after: number, limit: number) => api.events(roomId, after, limit);
    readHistory(edge, { head, since, standing: edge.changes }, read).then(
      (found) => isOver || setHistory(found),
      (reason: unknown) => isOver || setError(asKibitzError(reason).message),
    );
    return () => {
      isOver = true;
    };
  }, [edge, roomId, tries]);
  return { history, error, again: () => setTries(tries + 1) };
}
