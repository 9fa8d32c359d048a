import { io } from 'socket.io-client';
import type { TabSocket } from '../../test/support/client.ts';
import type { Tab } from '../../test/support/history/history.ts';
import { RoomView } from '../../test/support/room-view.ts';
import type { Account } from './account.ts';

/** A tab that keeps what it is told and shows, and can lose its connection or move to another process. */
export type RecordedTab = {
  record: Tab;
  view: RoomView;
  /** The process that it is connected to, or tries to be. */
  url(): string;
  socket(): TabSocket;
  /** Cuts the connection as a lost network does; the tab comes back by itself, from where it is. */
  cut(): void;
  moveTo(url: string): void;
  /** Writes down what it shows in the end, and closes it. */
  finish(): void;
};

export function openTab(account: Account, name: string, roomId: string, firstUrl: string): RecordedTab {
  const record: Tab = { name, userId: account.userId, roomId, readings: [] };
  let url = firstUrl;
  let connection = connect(account, url);
  const view = new RoomView(connection.socket, roomId, (reading) => record.readings.push(reading));

  return {
    record,
    view,
    url: () => url,
    socket: () => connection.socket,
    cut() {
      const { socket } = connection;
      // A client whose engine is closed while it still opens gives up for good; what is down already is cut.
      if (socket.connected) socket.io.engine.close();
    },
    moveTo(next) {
      url = next;
      const old = connection;
      connection = connect(account, url);
      view.moveTo(connection.socket);
      old.close();
    },
    finish() {
      if (view.state !== undefined) record.final = { state: view.state, drafts: [...view.drafts.values()] };
      connection.close();
    },
  };
}

/** Milliseconds until a tab comes back that the server has let go. */
const againAfter = 300;

function connect({ cookie }: Account, url: string): { socket: TabSocket; close(): void } {
  const socket: TabSocket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie },
    timeout: 3_000,
    reconnectionDelay: 50,
    reconnectionDelayMax: 500,
  });
  let isClosed = false;
  // Socket.IO does not come back by itself where the server refused a connection, or ended it on purpose.
  const comeBack = () => {
    setTimeout(() => {
      if (!isClosed && !socket.connected) socket.connect();
    }, againAfter);
  };
  socket.on('connect_error', () => {
    if (!socket.active) comeBack();
  });
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') comeBack();
  });
  return {
    socket,
    close() {
      isClosed = true;
      socket.close();
    },
  };
}
