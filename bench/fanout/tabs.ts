import { once } from 'node:events';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { createHttpApi, type HttpApi } from '../../scripts/replay/http-api.ts';
import { botResult } from '../../src/protocol/bots.ts';
import { newRoomResult } from '../../src/protocol/rooms.ts';
import { sessionResult } from '../../src/protocol/session.ts';
import type { Shape } from './shape.ts';

type OnFrame = (frame: string) => void;

/** Opens a plain WebSocket; frames are handed on as text. */
async function open(url: string, headers: Record<string, string>, onFrame: OnFrame): Promise<WebSocket> {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false });
  socket.on('message', (data: Buffer) => onFrame(data.toString('latin1')));
  await once(socket, 'open');
  return socket;
}

/** The tabs of the yardstick's rooms. */
export async function openRawTabs(url: string, shape: Shape, onToken: OnFrame): Promise<void> {
  for (let room = 0; room < shape.rooms; room += 1) {
    await Promise.all(Array.from({ length: shape.tabs }, () => open(`${url}/${room}`, {}, onToken)));
  }
}

export type KibitzRoom = { roomId: string; owner: HttpApi };

const persona = 'Says when it was due.';

/** A room with one bot, made over the public API by an owner of its own. */
async function makeRoom(url: string): Promise<KibitzRoom> {
  const owner = createHttpApi(url, new AbortController().signal);
  await owner.post('/api/session', { name: 'Owner' }, sessionResult);
  const { bot } = await owner.post('/api/bots', { name: 'Bot', persona }, botResult);
  const { room } = await owner.post('/api/rooms', { title: 'Bench', bots: [bot.id] }, newRoomResult);
  return { roomId: room.id, owner };
}

/**
 * Tabs of Kibitz rooms. They speak Socket.IO's protocol by hand, which costs the load generator the same a frame as the
 * yardstick's tabs do: `40` connects, `420[…]` asks with an ack, `2` is a ping, `42["token",…]` live text.
 */
export async function openKibitzTabs(url: string, shape: Shape, onToken: OnFrame): Promise<KibitzRoom[]> {
  const rooms: KibitzRoom[] = [];
  for (let index = 0; index < shape.rooms; index += 1) {
    const room = await makeRoom(url);
    rooms.push(room);
    await Promise.all(Array.from({ length: shape.tabs }, () => openKibitzTab(url, room, onToken)));
  }
  return rooms;
}

async function openKibitzTab(url: string, { roomId, owner }: KibitzRoom, onToken: OnFrame): Promise<void> {
  const joined = Promise.withResolvers<void>();
  const address = `${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const socket = await open(address, { cookie: owner.cookie() }, (frame) => {
    if (frame.startsWith('42["token"')) onToken(frame);
    else if (frame === '2') socket.send('3');
    else if (frame.startsWith('40')) socket.send(`420["room.join",${JSON.stringify({ roomId })}]`);
    else if (frame.startsWith('430[{"ok":true')) joined.resolve();
    else if (frame.startsWith('43') || frame.startsWith('44')) joined.reject(new Error(frame));
  });
  socket.send('40');
  await joined.promise;
}

const posted = z.object({ turnId: z.string() });

/** Writes a message in every room, which starts a reply in each. */
export async function askAll(rooms: readonly KibitzRoom[], round: number): Promise<void> {
  const body = { text: `Round ${round}, please.` };
  await Promise.all(
    rooms.map(({ roomId, owner }) => owner.post(`/api/rooms/${roomId}/commands/message.post`, body, posted)),
  );
}
