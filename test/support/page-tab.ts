import { callsOver } from '../../client/src/live/call.ts';
import { createRoomLink } from '../../client/src/live/room-link.ts';
import type { LiveSocket } from '../../client/src/live/socket.ts';
import { listenTo } from '../../client/src/live/wire.ts';
import { type Arrival, joiningRoom, type LiveRoom } from '../../client/src/store/room-view.ts';
import { createAppStore, receive } from '../../client/src/store/store.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { TabSocket } from './client.ts';

/** The page without its looks: its own store and link over a socket, with the waits cut short. */
export function openPageTab(tab: TabSocket, roomId: string) {
  const socket: LiveSocket = tab;
  const store = createAppStore();
  store.setState({ room: joiningRoom(roomId) });
  const call = callsOver(socket);
  const asked: string[] = [];
  const deliver = (arrival: Arrival) => {
    receive(store, roomId, [arrival]);
    link.check();
  };
  const link = createRoomLink({
    roomId,
    call: (name, args) => {
      asked.push(name);
      return call(name, args);
    },
    clock: { ...systemClock, after: (ms, action) => systemClock.after(Math.min(ms, 10), action) },
    random: Math.random,
    room: () => store.getState().room,
    deliver: (arrival) => receive(store, roomId, [arrival]),
    onLive: () => {},
  });
  listenTo(socket, (_roomId, arrival) => deliver(arrival));
  socket.on('connect', () => link.connected());
  if (socket.connected) link.connected();
  return {
    asked,
    /** The room as it is shown; undefined until it is. */
    room: (): LiveRoom | undefined => {
      const { room } = store.getState();
      return room?.status === 'live' ? room : undefined;
    },
    /** Called with the room after each change. */
    watch: (look: (room: LiveRoom) => void) =>
      store.subscribe(({ room }) => {
        if (room?.status === 'live') look(room);
      }),
    close: () => link.close(),
  };
}
