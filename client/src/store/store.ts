import { createStore } from 'zustand/vanilla';
import type { ServerInfo } from '../../../src/protocol/server-info.ts';
import type { User } from '../../../src/protocol/session.ts';
import type { Outbox } from './outbox.ts';
import { outboxAfter } from './outbox.ts';
import { reduceRoom } from './reduce-room.ts';
import type { Arrival, RoomView } from './room-view.ts';

/** `ended`: there was a session, and it was closed elsewhere. */
export type Session =
  | { status: 'loading' }
  | { status: 'out'; ended?: boolean }
  | { status: 'in'; user: User };

/** `connecting`: for the first time · `reconnecting`: after a loss · `offline`: this device has no network. */
export type LinkState = 'idle' | 'connecting' | 'online' | 'reconnecting' | 'offline';

export type AppState = {
  session: Session;
  server: ServerInfo | undefined;
  link: LinkState;
  /** The process this tab is connected to does not hear the others of its deployment. */
  apart: boolean;
  room: RoomView | undefined;
  outbox: Outbox;
};

export type AppStore = ReturnType<typeof createAppStore>;

export function createAppStore(outbox: Outbox = []) {
  return createStore<AppState>()(() => ({
    session: { status: 'loading' },
    server: undefined,
    link: 'idle',
    apart: false,
    room: undefined,
    outbox,
  }));
}

/** Takes up arrivals of the room that is shown, all in one change of the store. */
export function receive(store: AppStore, roomId: string, arrivals: readonly Arrival[]): void {
  store.setState((before) => {
    if (before.room === undefined || before.room.roomId !== roomId) return before;
    const room = arrivals.reduce<RoomView>(reduceRoom, before.room);
    return { room, outbox: settled(before, room, arrivals) };
  });
}

function settled(before: AppState, room: RoomView, arrivals: readonly Arrival[]): Outbox {
  if (before.outbox.length === 0 || room.status !== 'live') return before.outbox;
  const events = arrivals.flatMap((arrival) => {
    if (arrival.type === 'event') return [arrival.event];
    return arrival.type === 'joined' ? arrival.result.events : [];
  });
  const { userId } = room.you;
  const matched = events.reduce((outbox, event) => outboxAfter(outbox, event, userId), before.outbox);
  const shown = new Set(room.timeline.map((message) => message.messageId));
  return matched.filter(
    (message) => message.roomId !== room.roomId || message.status !== 'sent' || !shown.has(message.messageId),
  );
}
