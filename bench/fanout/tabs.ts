import { once } from 'node:events';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { createHttpApi, type HttpApi } from '../../scripts/replay/http-api.ts';
import { botResult } from '../../src/protocol/bots.ts';
import { newRoomResult } from '../../src/protocol/rooms.ts';
import { sessionResult } from '../../src/protocol/session.ts';
import { inBatches } from '../lib/batches.ts';
import type { Shape } from './shape.ts';

type OnFrame = (frame: string) => void;

/** Rooms or tabs that are opened at once. */
const atOnce = 20;

/** Opens a plain WebSocket; frames are handed on as text. */
export async function openSocket(
  url: string,
  headers: Record<string, string>,
  onFrame: OnFrame,
): Promise<WebSocket> {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false, skipUTF8Validation: true });
  socket.on('message', (data: Buffer) => onFrame(data.toString('latin1')));
  await once(socket, 'open');
  return socket;
}

/** The tabs of rooms on a bare `ws` server. */
export async function openRawTabs(url: string, { rooms, tabs }: Shape, onToken: OnFrame): Promise<void> {
  await inBatches(rooms * tabs, atOnce, (tab) => openSocket(`${url}/${tab % rooms}`, {}, onToken));
}

/** Where a Socket.IO server takes WebSockets. */
export const socketPath = (url: string) =>
  `${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`;

/**
 * The tabs of rooms on a plain Socket.IO server that is told the room's number when a tab connects. For each room, how to
 * send its server an event.
 */
export async function openStockTabs(
  url: string,
  { rooms, tabs }: Shape,
  onToken: OnFrame,
): Promise<((text: string) => void)[]> {
  const sockets = await inBatches(rooms * tabs, atOnce, async (tab) => {
    const connected = Promise.withResolvers<void>();
    const socket = await openSocket(`${socketPath(url)}&room=${tab % rooms}`, {}, (frame) => {
      if (frame.startsWith('42["token"')) onToken(frame);
      else if (frame === '2') socket.send('3');
      else if (frame.startsWith('40')) connected.resolve();
    });
    socket.send('40');
    await connected.promise;
    return socket;
  });
  return sockets.slice(0, rooms).map((socket) => (text) => {
    socket.send(`42${JSON.stringify(['message.post', { text }])}`);
  });
}

/** A room that tabs can show, and the cookie of somebody who is in it. */
export type KibitzRoom = { roomId: string; cookie: string };
export type OwnRoom = KibitzRoom & { owner: HttpApi };

const persona = 'Says when it was due.';

/** Rooms with one bot each, made over the public API by an owner of their own. */
export function makeRooms(url: string, rooms: number): Promise<OwnRoom[]> {
  return inBatches(rooms, atOnce, async () => {
    const owner = createHttpApi(url, new AbortController().signal);
    await owner.post('/api/session', { name: 'Owner' }, sessionResult);
    const { bot } = await owner.post('/api/bots', { name: 'Bot', persona }, botResult);
    const { room } = await owner.post('/api/rooms', { title: 'Bench', bots: [bot.id] }, newRoomResult);
    return { roomId: room.id, cookie: owner.cookie(), owner };
  });
}

/**
 * Tabs of Kibitz rooms. They speak Socket.IO's protocol by hand, which costs the load generator the same a frame as the
 * yardstick's tabs do: `40` connects, `420[…]` asks with an ack, `2` is a ping, `42["token",…]` live text. For each room, how
 * to post a message from its first tab, as the page does.
 */
export async function openKibitzTabs(
  url: string,
  rooms: readonly KibitzRoom[],
  tabs: number,
  onToken: OnFrame,
): Promise<((text: string) => void)[]> {
  const posts = await inBatches(rooms.length * tabs, atOnce, async (tab) => {
    const room = rooms[tab % rooms.length];
    if (room === undefined) throw new Error('there is no such room');
    return openKibitzTab(url, room, onToken);
  });
  return posts.slice(0, rooms.length);
}

async function openKibitzTab(
  url: string,
  { roomId, cookie }: KibitzRoom,
  onToken: OnFrame,
): Promise<(text: string) => void> {
  const joined = Promise.withResolvers<void>();
  const socket = await openSocket(socketPath(url), { cookie }, (frame) => {
    if (frame.startsWith('42["token"')) onToken(frame);
    else if (frame === '2') socket.send('3');
    else if (frame.startsWith('40')) socket.send(`420["room.join",${JSON.stringify({ roomId })}]`);
    else if (frame.startsWith('430[{"ok":true')) joined.resolve();
    else if (frame.startsWith('431[{"ok":true')) return;
    else if (frame.startsWith('431')) console.error(frame);
    else if (frame.startsWith('43') || frame.startsWith('44')) joined.reject(new Error(frame));
  });
  socket.send('40');
  await joined.promise;
  return (text) => socket.send(`421${JSON.stringify(['message.post', { roomId, text }])}`);
}

const posted = z.object({ turnId: z.string() });

/** Writes a message in a room, which starts a reply. */
export async function postMessage({ roomId, owner }: OwnRoom, text: string): Promise<void> {
  await owner.post(`/api/rooms/${roomId}/commands/message.post`, { text }, posted);
}
