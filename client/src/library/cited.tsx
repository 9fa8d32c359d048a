import { type ReactNode, useMemo } from 'react';
import type { OfferedSource } from '../../../src/domain/offered-source.ts';
import { CitedContext } from '../markdown/citation.tsx';
import { useRoomTools } from '../room/room-context.ts';

type Props = { sources: readonly OfferedSource[]; children: ReactNode };

/** A text whose numbers stand for these passages. */
export function Cited({ sources, children }: Props) {
  const { desk } = useRoomTools();
  const cited = useMemo(
    () => ({
      sources,
      open: ({ sourceId, chunkId }: OfferedSource) =>
        desk.setState({ panel: { what: 'passage', sourceId, chunkId } }),
    }),
    [sources, desk],
  );
  return <CitedContext value={cited}>{children}</CitedContext>;
}
