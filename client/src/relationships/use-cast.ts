import { useMemo } from 'react';
import type { Edge } from '../../../src/domain/relationships.ts';
import { useLiveRoom } from '../room/room-context.ts';
import { castOf, edgesInOrder, type Figure } from '../store/cast.ts';

/** An edge with the two it is between. */
export type Feeling = { key: string; edge: Edge; from: Figure; to: Figure };

/** Who is in the picture, and who feels what about whom, in one order. */
export function useCast(): { cast: readonly Figure[]; feelings: readonly Feeling[] } {
  const bots = useLiveRoom((room) => room.state.bots);
  const members = useLiveRoom((room) => room.state.members);
  const edges = useLiveRoom((room) => room.state.edges);
  const timeline = useLiveRoom((room) => room.timeline);
  return useMemo(() => {
    const cast = castOf(bots, members, edges, timeline);
    const byId = new Map(cast.map((figure) => [figure.id, figure]));
    const feelings = edgesInOrder(cast, edges).flatMap((edge) => {
      const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
      return from === undefined || to === undefined || from === to
        ? []
        : [{ key: `${edge.from} ${edge.to}`, edge, from, to }];
    });
    return { cast, feelings };
  }, [bots, members, edges, timeline]);
}
