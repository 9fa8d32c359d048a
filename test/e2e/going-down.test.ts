import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { LoggedEvent } from '../../src/domain/event.ts';
import { elsewhere, makeRoomWithBot, signUp } from '../support/client.ts';
import { RoomView } from '../support/room-view.ts';
import { createGate, type Script, says, startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import { startServer } from '../support/server-process.ts';
import { startApp } from '../support/start-app.ts';
import { until } from '../support/until.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanUps.splice(0).reverse()) await clean();
});

test('[SV7] SIGTERM under load: what is written ends, what waits goes on elsewhere, nothing acknowledged is lost, exit 0', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kibitz-going-'));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  const endpoint = await startScriptedEndpoint();
  cleanUps.push(() => endpoint.close());
  const gate = createGate();
  endpoint.reply((request): Script => {
    if (!request.lastText.includes('at length')) return says('Answered.');
    return { steps: [{ text: 'One ' }, { gate }, { text: 'two ' }, { text: 'three.' }] };
  });
  const start = async () => {
    const server = await startServer({
      DATABASE_URL: `sqlite:${join(folder, 'kibitz.db')}`,
      OPENAI_BASE_URL: endpoint.baseURL,
      MODEL: 'scripted',
    });
    cleanUps.push(() => server.kill('SIGKILL'));
    return server;
  };
  const leaving = await start();
  const ann = await signUp(leaving.url, 'Ann');
  const rooms = await Promise.all(Array.from({ length: 6 }, () => makeRoomWithBot(ann)));
  const socket = await ann.connect();
  cleanUps.push(() => socket.close());
  // All of them write before there is another process that could.
  const begun = new Set<string>();
  socket.on('token', ({ roomId }) => begun.add(roomId));
  for (const { roomId } of rooms) {
    await socket.emitWithAck('room.join', { roomId });
    const asked = await socket.emitWithAck('message.post', { roomId, text: 'Tell it at length' });
    expect(asked).toMatchObject({ ok: true, turnId: expect.any(String) });
  }
  await until('all replies to have begun', () => begun.size === rooms.length);
  const staying = await start();

  /** Posts to one process until it takes no more; what was acknowledged, by room. */
  const acknowledged: { roomId: string; messageId: string }[] = [];
  const there = elsewhere(ann, staying.url);
  let isOver = false;
  const load = async (person: typeof ann, name: string) => {
    for (let n = 0; !isOver; n += 1) {
      const { roomId } = rooms[n % rooms.length] ?? { roomId: '' };
      const answer = await person
        .command(roomId, 'message.post', { text: `${name} ${n}` })
        .catch(() => undefined);
      if (answer?.body?.ok) acknowledged.push({ roomId, messageId: answer.body.messageId });
      else if (person === ann) return;
    }
  };
  const loads = [load(ann, 'here'), load(there, 'there')];
  await until('some load', () => acknowledged.length > 20);
  const askedAt = performance.now();
  leaving.kill('SIGTERM');
  await until('the farewell', () => leaving.lines.some((line) => line.includes('going down')));
  const before = acknowledged.length;
  await until('load meanwhile', () => acknowledged.length > before + 20);
  gate.open();
  expect(await leaving.exited).toBe(0);
  expect(performance.now() - askedAt).toBeLessThan(30_000);
  isOver = true;
  await Promise.all(loads);

  const logs = new Map<string, LoggedEvent[]>();
  for (const { roomId } of rooms) {
    const state = async () => (await there.call('GET', `/api/rooms/${roomId}/events?limit=1000`)).body;
    await until('all turns to have ended', async () => {
      const events: LoggedEvent[] = (await state()).events;
      const count = (kind: string) => events.filter((event) => event.kind === kind).length;
      logs.set(roomId, events);
      return count('turn.queued') === count('turn.ended');
    });
  }
  for (const [roomId, events] of logs) {
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    const ends = events.filter(({ kind }) => kind === 'turn.ended');
    expect(new Set(ends.map(({ turnId }) => turnId)).size).toBe(ends.length);
    for (const { data } of ends) expect(data).toMatchObject({ outcome: 'completed' });
    const posted = new Set(
      events.flatMap((event) =>
        event.kind === 'message.posted' ? [(event.data as { messageId: string }).messageId] : [],
      ),
    );
    for (const told of acknowledged) if (told.roomId === roomId) expect(posted).toContain(told.messageId);
    const texts = events.map(({ data }) => (data as { text?: string }).text);
    expect(texts).toContain('One two three.');
    expect(texts).toContain('Answered.');
  }
}, 60_000);

test('[SV7] a reply that takes too long when the server goes is interrupted with what was said', async () => {
  await using endpoint = await startScriptedEndpoint();
  const app = await startApp({ endpoint: { baseUrl: endpoint.baseURL, model: 'scripted' } });
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const socket = await ann.connect();
  const view = new RoomView(socket, roomId);
  await view.join();
  endpoint.next({ steps: [{ text: 'So far ' }, { stall: true }] });
  const asked = await socket.emitWithAck('message.post', { roomId, text: 'Go on for ever' });
  if (!asked.ok || asked.turnId === undefined) throw new Error('no turn');
  await until('the first words', () => view.drafts.size > 0);
  const closing = app.close(100);
  expect((await view.turnEnd(asked.turnId)).data).toEqual({ outcome: 'interrupted' });
  expect(view.texts()).toEqual(['Go on for ever', 'So far ']);
  await closing;
  socket.close();
});
