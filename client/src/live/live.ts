import { systemClock } from '../../../src/lib/clock.ts';
import { KibitzError } from '../../../src/lib/errors.ts';
import { randomId } from '../../../src/lib/ids.ts';
import type { RoomCommandName } from '../../../src/protocol/room-commands.ts';
import { serverEvents } from '../../../src/protocol/server-events.ts';
import { type Outbox, without, withStatus } from '../store/outbox.ts';
import { type Arrival, joiningRoom, type RoomView } from '../store/room-view.ts';
import { type AppStore, receive } from '../store/store.ts';
import { type CallArgs, type CallResult, callsOver } from './call.ts';
import { createFrameQueue } from './frame-queue.ts';
import { createOutboxSender } from './outbox-sender.ts';
import { createRoomLink } from './room-link.ts';
import { saveOutbox } from './saved-outbox.ts';
import { openSocket } from './socket.ts';
import { listenTo } from './wire.ts';

const typingEveryMs = 2_500;
const commandTries = 3;
const historyPage = 50;

export type Live = ReturnType<typeof createLive>;

type CommandArgs<K extends RoomCommandName> = Omit<CallArgs<K>, 'roomId' | 'commandId'>;

/** The one place that talks to the socket: what arrives goes into the store, what people do goes out. */
export function createLive(store: AppStore) {
  const socket = openSocket();
  const call = callsOver(socket);
  const queue = createFrameQueue<{ roomId: string; arrival: Arrival }>(deliver);
  let link: ReturnType<typeof createRoomLink> | undefined;
  let typedAt = 0;

  function deliver(items: readonly { roomId: string; arrival: Arrival }[]): void {
    const roomId = store.getState().room?.roomId;
    if (roomId === undefined) return;
    const mine = items.filter((item) => item.roomId === roomId).map((item) => item.arrival);
    receive(store, roomId, mine);
    link?.check();
  }

  function deliverNow(roomId: string, arrival: Arrival): void {
    queue.push({ roomId, arrival });
    queue.flush();
  }

  const room = (): RoomView | undefined => store.getState().room;
  const changeOutbox = (change: (outbox: Outbox) => Outbox) =>
    store.setState(({ outbox }) => ({ outbox: change(outbox) }));
  const isLive = (roomId: string) => {
    const view = room();
    return socket.connected && view?.status === 'live' && view.roomId === roomId;
  };
  const sender = createOutboxSender({
    call,
    outbox: () => store.getState().outbox,
    change: changeOutbox,
    later: (action) => void setTimeout(action, 1_500),
    isLive,
  });

  store.subscribe(({ outbox }, before) => {
    if (outbox !== before.outbox) saveOutbox(outbox);
  });
  listenTo(socket, (roomId, arrival) => queue.push({ roomId, arrival }));
  socket.on('peers', (told) => {
    const { data } = serverEvents.peers.safeParse(told);
    if (data !== undefined) store.setState({ apart: !data.reachable });
  });
  socket.on('connect', () => {
    // Said again by a process that is apart.
    store.setState({ link: 'online', apart: false });
    link?.connected();
  });
  socket.on('disconnect', (reason) => {
    store.setState({ link: lostLink() });
    // The server ended this connection on purpose; Socket.IO leaves it to us to come back.
    if (reason === 'io server disconnect' && store.getState().session.status === 'in') reconnectSoon();
  });
  socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
    if (error.data?.code === 'unauthenticated') {
      socket.disconnect();
      store.setState({ session: { status: 'out', ended: true }, link: 'idle' });
      return;
    }
    store.setState({ link: lostLink() });
    // A refusal by the server is not retried by Socket.IO itself.
    if (!socket.active) reconnectSoon();
  });

  function lostLink() {
    if (store.getState().session.status !== 'in') return 'idle';
    return navigator.onLine ? 'reconnecting' : 'offline';
  }

  function reconnectSoon(): void {
    setTimeout(
      () => {
        if (store.getState().session.status === 'in' && !socket.connected) socket.connect();
      },
      1_000 + Math.random() * 2_000,
    );
  }

  window.addEventListener('offline', () => {
    if (!socket.connected) store.setState({ link: lostLink() });
  });
  window.addEventListener('online', () => {
    if (socket.connected || store.getState().session.status !== 'in') return;
    store.setState({ link: 'reconnecting' });
    socket.disconnect().connect();
  });

  setInterval(() => {
    const view = room();
    if (view?.status !== 'live' || view.typing.size === 0) return;
    receive(store, view.roomId, [{ type: 'typing.expire', now: Date.now() }]);
  }, 1_000);

  function closeLink(): void {
    link?.close();
    link = undefined;
  }

  return {
    /** Connects as the session's user; the cookie says who that is. */
    connect(): void {
      if (socket.connected || socket.active) return;
      store.setState({ link: 'connecting' });
      socket.connect();
    },
    disconnect(): void {
      closeLink();
      socket.disconnect();
      store.setState({ link: 'idle', room: undefined });
    },
    /** Shows a room in this tab; returns how to leave it. */
    enter(roomId: string): () => void {
      closeLink();
      store.setState({ room: joiningRoom(roomId) });
      const mine = createRoomLink({
        roomId,
        call,
        clock: systemClock,
        random: Math.random,
        room,
        deliver: (arrival) => deliverNow(roomId, arrival),
        onLive: () => sender.send(roomId),
      });
      link = mine;
      if (socket.connected) mine.connected();
      return () => {
        mine.close();
        if (link === mine) link = undefined;
        if (room()?.roomId === roomId) store.setState({ room: undefined });
        if (socket.connected) void call('room.leave', { roomId });
      };
    },
    post(roomId: string, text: string, replyTo?: string): void {
      const written = {
        commandId: randomId(),
        roomId,
        text,
        ...(replyTo === undefined ? {} : { replyTo }),
        writtenAt: new Date().toISOString(),
        status: 'waiting' as const,
      };
      changeOutbox((outbox) => [...outbox, written]);
      typedAt = 0;
      sender.send(roomId);
    },
    /** Sends a refused message again. It is a new command, since the old id would get the old answer. */
    retry(roomId: string, commandId: string): void {
      changeOutbox((outbox) =>
        withStatus(outbox, commandId, { status: 'waiting' }).map((message) =>
          message.commandId === commandId ? { ...message, commandId: randomId() } : message,
        ),
      );
      sender.send(roomId);
    },
    discard(commandId: string): void {
      changeOutbox((outbox) => without(outbox, commandId));
    },
    /** Runs a room command. An answer that was lost is asked for again under the same id. */
    async command<K extends RoomCommandName>(
      roomId: string,
      name: K,
      args: CommandArgs<K>,
    ): Promise<CallResult<K>> {
      const full = { ...args, roomId, commandId: randomId() } as CallArgs<K>;
      for (let tries = 0; tries < commandTries; tries += 1) {
        const answer = await call(name, full);
        if (answer.ok === true) return answer;
        if (answer.ok === false) {
          const { code, message, details } = answer.error;
          throw new KibitzError(code, message, details);
        }
        await new Promise((resolve) => setTimeout(resolve, 1_000 * (tries + 1)));
      }
      throw new KibitzError('unavailable', 'The server did not answer. Try again once you are connected.');
    },
    async loadOlder(roomId: string): Promise<void> {
      const view = room();
      const first = view?.status === 'live' ? view.timeline[0] : undefined;
      if (view?.status !== 'live' || view.older !== 'maybe' || first === undefined) return;
      deliverNow(roomId, { type: 'history.asked' });
      // Others may share the place of the first.
      const answer = await call('room.history', { roomId, before: first.seq + 1, limit: historyPage });
      if (answer.ok === true) deliverNow(roomId, { type: 'history', result: answer });
      else deliverNow(roomId, { type: 'history.failed' });
    },
    typing(roomId: string): void {
      const now = performance.now();
      if (!socket.connected || (typedAt !== 0 && now - typedAt < typingEveryMs)) return;
      typedAt = now;
      void call('typing', { roomId });
    },
  };
}
