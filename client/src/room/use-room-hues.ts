import { useMemo } from 'react';
import { huesAmong } from '../ui/hues.ts';
import { useLiveRoom } from './room-context.ts';

/** The colours of everybody in the room. Spectators write nothing and take none away. */
export function useRoomHues(): (id: string) => number {
  const members = useLiveRoom((room) => room.state.members);
  const bots = useLiveRoom((room) => room.state.bots);
  return useMemo(() => {
    const writers = members.filter((member) => member.role !== 'spectator').map((member) => member.userId);
    return huesAmong([...writers.slice(0, 1), ...bots.map((bot) => bot.botId), ...writers.slice(1)]);
  }, [members, bots]);
}
