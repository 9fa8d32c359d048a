import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../app/client.ts';
import type { createDesk, Desk } from '../store/desk.ts';
import type { LiveRoom } from '../store/room-view.ts';

export type DeskStore = ReturnType<typeof createDesk>;

/** The room that is shown, and what is on this person's desk in it. */
export type RoomTools = { roomId: string; desk: DeskStore };

export const RoomContext = createContext<RoomTools | undefined>(undefined);

export function useRoomTools(): RoomTools {
  const tools = useContext(RoomContext);
  if (tools === undefined) throw new Error('outside a room');
  return tools;
}

/** Reads the live room; only for parts that are shown while the room is live. */
export function useLiveRoom<T>(select: (room: LiveRoom) => T): T {
  return useApp(({ room }) => {
    if (room?.status !== 'live') throw new Error('the room is not live');
    return select(room);
  });
}

export function useDesk<T>(select: (desk: Desk) => T): T {
  return useStore(useRoomTools().desk, select);
}
