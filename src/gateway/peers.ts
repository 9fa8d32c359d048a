import type { LoggedEvent } from '../domain/event.ts';
import type { Presence } from '../protocol/server-events.ts';

/** Who shows a room by way of one process: people with their number of tabs, and spectators by their ids. */
export type RoomPresence = { roomId: string; people: Presence['people']; spectators: string[] };

/** What the processes of a deployment tell each other. All of it are hints: each may be lost, late or told twice. */
export type PeerMessages = {
  /** These events of a room are durable. */
  committed(roomId: string, events: readonly LoggedEvent[]): void;
  /** Turns of a room wait, and nobody runs them any more. */
  wake(roomId: string): void;
  /** A turn that may run there is to be stopped. */
  stop(roomId: string, turnId: string): void;
  signedOut(sessionId: string): void;
  /** A process is there. */
  alive(processId: string): void;
  /** Who is in rooms, by way of that process. */
  present(processId: string, rooms: readonly RoomPresence[]): void;
};

/** The other processes of the deployment. What is told to them while they cannot be reached is lost. */
export type Peers = {
  tell<K extends keyof PeerMessages>(name: K, ...message: Parameters<PeerMessages[K]>): void;
  on<K extends keyof PeerMessages>(name: K, listener: PeerMessages[K]): void;
};

/** For a process that has no others, or knows of none. */
export const noPeers: Peers = { tell() {}, on() {} };
