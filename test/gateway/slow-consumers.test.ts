import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as connect } from 'socket.io-client';
import { expect, test } from 'vitest';
import { settingsSchema } from '../../src/domain/settings.ts';
import { type BufferCaps, watchSlowConsumers } from '../../src/gateway/slow-consumers.ts';
import { createTabs, eventsOf, type IoServer, liveOf, type Tab } from '../../src/gateway/tabs.ts';
import { invite, makeRoomWithBot, signUp, type TabSocket } from '../support/client.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { RoomView } from '../support/room-view.ts';
import { createRecordedLog } from '../support/silent-log.ts';
import { startApp } from '../support/start-app.ts';
import { until } from '../support/until.ts';

const roomId = 'room';
const token = { roomId, turnId: 't', messageId: 'm', botId: 'b', gen: 0, offset: 0 };
const large = { ...token, text: 'x'.repeat(64_000) };

/** The WebSocket under a client: stops reading from the network, and goes on. */
function wireOf(socket: TabSocket): { pause(): void; resume(): void } {
  const { ws } = socket.io.engine.transport as unknown as { ws: { pause(): void; resume(): void } };
  return ws;
}

/** A socket server that watches its one tab, which shows a room. */
async function setUp(caps: BufferCaps) {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const io: IoServer = new Server(http, { transports: ['websocket'], perMessageDeflate: false });
  const [tabs, clock, log] = [createTabs(), createManualClock(), createRecordedLog()];
  const connected = once(io, 'connection') as Promise<[Tab]>;
  const { port } = http.address() as AddressInfo;
  const client: TabSocket = connect(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    reconnection: false,
  });
  await once(client as never, 'connect');
  const [tab] = await connected;
  tab.on('disconnect', () => tabs.hide(roomId, tab));
  tabs.show(roomId, { tab, role: 'participant', name: 'Ann', settings: settingsSchema.parse({}) });
  const watch = watchSlowConsumers({ io, tabs, clock, log, caps });
  const buffered = () => (tab.conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length;
  /** Sends text until it no longer leaves for the network, and `packets` wait. */
  async function fill(packets: number): Promise<void> {
    await until(`${packets} packets to wait`, () => {
      io.local.to(liveOf(roomId)).emit('token', large);
      return buffered() >= packets;
    });
  }
  const look = () => clock.advance(250);
  const isMuted = () => !tab.rooms.has(liveOf(roomId));
  return {
    ...{ io, tab, tabs, client, clock, log, buffered, fill, look, isMuted },
    [Symbol.asyncDispose]: async () => {
      watch.stop();
      expect(clock.pending).toBe(0);
      client.close();
      await io.close();
    },
  };
}

const caps: BufferCaps = { calm: 2, soft: 8, hard: 40, hardCharacters: 1e9 };

test('[LT5] a tab that does not read gets no live text until it has read what waits for it', async () => {
  await using slow = await setUp(caps);
  const { io, tab, tabs, client, buffered, fill, look, isMuted } = slow;
  look();
  expect(isMuted()).toBe(false);
  wireOf(client).pause();
  await fill(caps.soft + 1);
  look();
  expect(isMuted()).toBe(true);

  // It costs no more, however much is said; events of the log still come.
  const before = buffered();
  for (let n = 0; n < 1_000; n += 1) io.local.to(liveOf(roomId)).emit('token', large);
  expect(buffered()).toBe(before);
  io.local.to(eventsOf(roomId)).emit('head', { roomId, seq: 7, epoch: 'e' });
  expect(buffered()).toBe(before + 1);

  // Nor does it get live text again by joining once more.
  tabs.show(roomId, { tab, role: 'participant', name: 'Ann', settings: settingsSchema.parse({}) });
  look();
  expect(isMuted()).toBe(true);

  const head = new Promise((resolve) => client.once('head', resolve));
  wireOf(client).resume();
  await head;
  await until('the buffer to be empty', () => buffered() === 0);
  look();
  expect(isMuted()).toBe(false);
  const heard = new Promise((resolve) => client.once('token', resolve));
  io.local.to(liveOf(roomId)).emit('token', { ...token, text: 'again' });
  expect(await heard).toMatchObject({ text: 'again' });
});

test.each([
  ['packets', { ...caps, soft: 1e9 }],
  ['characters', { ...caps, soft: 1e9, hard: 1e9, hardCharacters: 3_000_000 }],
])('[LT5] a tab for which too many %s wait is cut', async (_what, given) => {
  await using slow = await setUp(given);
  const { io, tab, tabs, client, fill, look, log } = slow;
  wireOf(client).pause();
  await fill(60);
  expect(tab.connected).toBe(true);
  look();
  expect([tab.connected, tabs.countIn(roomId), io.of('/').sockets.size]).toEqual([false, 0, 0]);
  expect(log.lines).toMatchObject([{ level: 'warn', message: 'a tab that does not read is cut' }]);
  const gone = once(client as never, 'disconnect');
  wireOf(client).resume();
  await gone;
});

test('[LT5] a tab that was cut comes back by seq and misses nothing', async () => {
  await using app = await startApp();
  const ann = await signUp(app.url, 'Ann');
  const made = await makeRoomWithBot(ann, { reply: 'mention' });
  const ben = await invite(ann, made.roomId, 'participant', 'Ben');
  const [fast, slow] = [await ann.connect(), await ben.connect()];
  const [shown, late] = [new RoomView(fast, made.roomId), new RoomView(slow, made.roomId)];
  await shown.join();
  await late.join();
  wireOf(slow).pause();
  const text = 'x'.repeat(32_000);
  const isCut = () => app.log.lines.some(({ message }) => message === 'a tab that does not read is cut');
  await until('the tab to be cut', async () => {
    const posts = Array.from({ length: 50 }, () =>
      fast.emitWithAck('message.post', { roomId: made.roomId, text }),
    );
    expect((await Promise.all(posts)).every(({ ok }) => ok)).toBe(true);
    return isCut();
  });
  const wire = wireOf(slow);
  const back = new Promise((resolve) => slow.io.once('reconnect', resolve));
  wire.resume();
  await back;
  const last = await fast.emitWithAck('message.post', { roomId: made.roomId, text: 'the end' });
  await until('the end', () => last.ok && late.state?.seq === last.seq && shown.state?.seq === last.seq);
  expect(late.state?.messages).toEqual(shown.state?.messages);
  fast.close();
  slow.close();
});
