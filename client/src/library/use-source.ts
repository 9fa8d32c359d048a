import { useEffect, useState } from 'react';
import { asKibitzError } from '../../../src/lib/errors.ts';
import type { SourceReadResult } from '../../../src/protocol/sources.ts';
import { api } from '../api/api.ts';
import { useRoomTools } from '../room/room-context.ts';
import { joined, runBeside } from './source-runs.ts';

type Read = { read?: SourceReadResult; error?: string; busy: boolean };

/** What has been read of a source, from its beginning or around a passage, and a way to read on at either end. */
export function useSource(sourceId: string, chunkId: string | undefined) {
  const { roomId } = useRoomTools();
  const [state, setState] = useState<Read>({ busy: true });
  useEffect(() => {
    let left = false;
    setState({ busy: true });
    api.readSource(roomId, sourceId, chunkId === undefined ? { from: 0 } : { around: chunkId }).then(
      (read) => left || setState({ read, busy: false }),
      (error: unknown) => left || setState({ error: asKibitzError(error).message, busy: false }),
    );
    return () => {
      left = true;
    };
  }, [roomId, sourceId, chunkId]);
  const more = async (side: 'before' | 'after') => {
    const { read } = state;
    if (read === undefined) return;
    setState({ read, busy: true });
    try {
      const told = await api.readSource(roomId, sourceId, runBeside(read.passages, side));
      // Another source, or passage, may be shown by now.
      setState((now) => (now.read === read ? { read: joined(read, told), busy: false } : now));
    } catch (error) {
      const { message } = asKibitzError(error);
      setState((now) => (now.read === read ? { read, error: message, busy: false } : now));
    }
  };
  return { ...state, more: (side: 'before' | 'after') => void more(side) };
}
