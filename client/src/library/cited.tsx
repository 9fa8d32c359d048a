import { type ReactNode, useMemo } from 'react';
import type { OfferedSource } from '../../../src/domain/offered-source.ts';
import { CitedContext } from '../markdown/citation.tsx';
import { useRoomTools } from '../room/room-context.ts';
import { openSource } from './open-source.ts';

type Props = { sources: readonly OfferedSource[]; children: ReactNode };

/** A text whose numbers stand for these passages. */
export function Cited({ sources, children }: Props) {
  const { desk } = useRoomTools();
  const cited = useMemo(
    () => ({
      sources,
      open: ({ sourceId, chunkId }: OfferedSource) => openSource(desk, sourceId, chunkId),
    }),
    [sources, desk],
  );
  return <CitedContext value={cited}>{children}</CitedContext>;
}
