import { useMemo } from 'react';
import { api } from '../api/api.ts';
import { useLiveRoom, useRoomTools } from './room-context.ts';

/** The pictures of the bots in the room. */
export function useRoomPictures(): (id: string) => string | undefined {
  const { roomId } = useRoomTools();
  const bots = useLiveRoom((room) => room.state.bots);
  return useMemo(() => {
    const addresses = new Map(bots.map(({ botId }) => [botId, api.avatarAddress(roomId, botId)]));
    return (id) => addresses.get(id);
  }, [bots, roomId]);
}
