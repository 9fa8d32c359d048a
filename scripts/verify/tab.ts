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
  /** Writes down what it shows in the end. */
  finish(): void;
  close(): void;
};

export function openTab(account: Account, name: string, roomId: string, firstUrl: string): RecordedTab {
  const record: Tab = { name, userId: account.userId, roomId, readings: [] };
  let url = firstUrl;
  let socket = connect(account, url);
  const view = new RoomView(socket, roomId, (reading) => record.readings.push(reading));

  return {
    record,
    view,
    url: () => url,
    socket: () => socket,
    cut() {
      // A client whose engine is closed while it still opens gives up for good; what is down already is cut.
      if (socket.connected) socket.io.engine.close();
    },
    moveTo(next) {
      url = next;
      const old = socket;
      socket = connect(account, url);
      view.moveTo(socket);
      old.close();
    },
    finish() {
      if (view.state !== undefined) record.final = { state: view.state, drafts: [...view.drafts.values()] };
    },
    close: () => socket.close(),
  };
}

function connect({ cookie }: Account, url: string): TabSocket {
  return io(url, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie },
    timeout: 3_000,
    reconnectionDelay: 50,
    reconnectionDelayMax: 500,
  });
}
