import { useCallback, useEffect, useState } from 'react';
import type { Edge } from '../../../src/domain/relationships.ts';
import { asKibitzError } from '../../../src/lib/errors.ts';
import { api } from '../api/api.ts';
import { store } from '../app/client.ts';
import { useRoomTools } from '../room/room-context.ts';
import { type EdgeChange, readHistory } from '../store/edge-history.ts';

export type History = {
  /** In their order; undefined until they are there. */
  changes: readonly EdgeChange[] | undefined;
  error: string | undefined;
  again: () => void;
};

/** How a relationship came about, read from the log when it is looked at, and again when it changes. */
export function useHistory(edge: Edge): History {
  const { roomId } = useRoomTools();
  const [changes, setChanges] = useState<readonly EdgeChange[]>();
  const [error, setError] = useState<string>();
  const read = useCallback(async () => {
    const { room } = store.getState();
    if (room?.status !== 'live') return undefined;
    const { bots, seq: head } = room.state;
    const sinces = bots.filter(({ botId }) => botId === edge.from || botId === edge.to);
    const since = Math.max(0, ...sinces.map((bot) => bot.since));
    return readHistory(edge, { head, since, standing: edge.changes }, (after, limit) =>
      api.events(roomId, after, limit),
    );
  }, [edge, roomId]);
  const load = useCallback(() => {
    let isOver = false;
    setError(undefined);
    read().then(
      (found) => isOver || setChanges(found),
      (reason: unknown) => isOver || setError(asKibitzError(reason).message),
    );
    return () => {
      isOver = true;
    };
  }, [read]);
  useEffect(load, [load]);
  return { changes, error, again: load };
}
