import { io, type Socket } from 'socket.io-client';
import type { ClientToServerEvents, ServerToClientEvents } from '../../../src/protocol/socket.ts';

export type LiveSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** The tab's one connection. Who is calling is told by the session cookie. */
export function openSocket(): LiveSocket {
  return io({
    path: '/socket.io',
    transports: ['websocket'],
    autoConnect: false,
    reconnectionDelay: 500,
    reconnectionDelayMax: 8_000,
    randomizationFactor: 0.6,
    timeout: 10_000,
  });
}
