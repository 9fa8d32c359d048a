import type { Server, Socket } from 'socket.io';
import type { Role } from '../domain/roles.ts';
import type { Settings } from '../domain/settings.ts';
import type { Caller } from '../people/accounts.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '../protocol/socket.ts';
import type { PeerMessages } from './peers.ts';

/** What a connected socket is known by. The secret is kept to ask at each command whether it still holds. */
export type TabData = { caller: Caller; secret: string };

export type IoServer = Server<ClientToServerEvents, ServerToClientEvents, PeerMessages, TabData>;
export type Tab = Socket<ClientToServerEvents, ServerToClientEvents, PeerMessages, TabData>;

/** Socket.IO's room for the events of a room, and the one for its live text, which slow tabs leave for a while. */
export const eventsOf = (roomId: string) => `events:${roomId}`;
export const liveOf = (roomId: string) => `live:${roomId}`;

/** A tab that shows a room, with the role its user has in it, and the room’s settings. */
export type Viewer = { tab: Tab; role: Role; name: string; settings: Settings };

/** Which tabs of this process show which rooms. */
export function createTabs() {
  const viewers = new Map<string, Map<string, Viewer>>();

  return {
    /** False when the tab showed the room already. */
    show(roomId: string, viewer: Viewer): boolean {
      const inRoom = viewers.get(roomId) ?? new Map<string, Viewer>();
      const isNew = !inRoom.has(viewer.tab.id);
      inRoom.set(viewer.tab.id, viewer);
      viewers.set(roomId, inRoom);
      void viewer.tab.join([eventsOf(roomId), liveOf(roomId)]);
      return isNew;
    },

    /** False when the tab did not show the room. */
    hide(roomId: string, tab: Tab): boolean {
      const inRoom = viewers.get(roomId);
      const wasShown = inRoom?.delete(tab.id) ?? false;
      if (inRoom?.size === 0) viewers.delete(roomId);
      void tab.leave(eventsOf(roomId));
      void tab.leave(liveOf(roomId));
      return wasShown;
    },

    shows: (roomId: string, tab: Tab): boolean => viewers.get(roomId)?.has(tab.id) ?? false,
    viewersOf: (roomId: string): Viewer[] => [...(viewers.get(roomId)?.values() ?? [])],
    countIn: (roomId: string): number => viewers.get(roomId)?.size ?? 0,
    rooms: (): string[] => [...viewers.keys()],
    roomsShownBy: (tab: Tab): string[] =>
      [...viewers].filter(([, inRoom]) => inRoom.has(tab.id)).map(([roomId]) => roomId),
  };
}

export type Tabs = ReturnType<typeof createTabs>;
