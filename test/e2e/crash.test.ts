import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { LoggedEvent } from '../../src/domain/event.ts';
import { makeRoomWithBot, Person, signUp } from '../support/client.ts';
import { RoomView } from '../support/room-view.ts';
import {
  createGate,
  type Gate,
  says,
  saysGated,
  startScriptedEndpoint,
} from '../support/scripted-endpoint.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { until } from '../support/until.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanUps.splice(0).reverse()) await clean();
});

/** A server process with a scripted model, a room in it, and how to start it again on the same database. */
async function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'kibitz-crash-'));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  const endpoint = await startScriptedEndpoint();
  cleanUps.push(() => endpoint.close());
  const start = async (): Promise<ServerProcess> => {
    const server = await startServer({
      DATABASE_URL: `sqlite:${join(folder, 'kibitz.db')}`,
      OPENAI_BASE_URL: endpoint.baseURL,
      MODEL: 'scripted',
      // A dead process is succeeded sooner than usual, but hardly before it was started again.
      TURN_LEASE_MS: '4000',
    });
    cleanUps.push(() => server.kill('SIGKILL'));
    return server;
  };
  const server = await start();
  const ann = await signUp(server.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const view = await showRoom(ann, roomId);
  return { endpoint, server, start, ann, roomId, ...view };
}

async function showRoom(person: Person, roomId: string) {
  const socket = await person.connect();
  cleanUps.push(() => socket.close());
  const view = new RoomView(socket, roomId);
  await view.join();
  return { socket, view };
}

/** The same person, calling the server that was started in the place of the old one. */
function movedTo(url: string, person: Person): Person {
  const moved = new Person(url);
  moved.cookie = person.cookie;
  return moved;
}

/** Has a reply written up to its `count`th word, and waits until that is on the page. */
async function writeUpTo(
  count: number,
  { endpoint, socket, view, roomId }: Awaited<ReturnType<typeof setUp>>,
) {
  const gate: Gate = createGate();
  const words = Array.from({ length: 12 }, (_, index) => `word${index} `);
  endpoint.next(saysGated(gate, ...words));
  const asked = await socket.emitWithAck('message.post', { roomId, text: 'Count, please' });
  if (!asked.ok || asked.turnId === undefined) throw new Error('no turn');
  let soFar = '';
  for (const word of words.slice(0, count)) {
    gate.release();
    soFar += word;
    await until('the words', () => [...view.drafts.values()].some(({ text }) => text === soFar));
  }
  return { turnId: asked.turnId, soFar, gate };
}

for (const count of [3, 7]) {
  test(`[TN7] kill -9 after ${count} words leaves the turn interrupted with its text, and the next message is answered`, async () => {
    const room = await setUp();
    const { server, start, ann, roomId, endpoint } = room;
    const { turnId, soFar } = await writeUpTo(count, room);
    server.kill('SIGKILL');
    await server.exited;

    const again = await start();
    const { socket, view } = await showRoom(movedTo(again.url, ann), roomId);
    // Posted at once, while the dead holder's lease most likely still runs.
    endpoint.next(says('I am back.'));
    const next = await socket.emitWithAck('message.post', { roomId, text: 'Still there?' });
    if (!next.ok || next.turnId === undefined) throw new Error('no turn');
    await view.turnEnd(next.turnId);
    // The tab may have come after the end.
    const { body } = await movedTo(again.url, ann).call('GET', `/api/rooms/${roomId}/events`);
    const end = (body.events as LoggedEvent[]).find(
      (event) => event.kind === 'turn.ended' && event.turnId === turnId,
    );
    expect(end?.data).toEqual({ outcome: 'interrupted' });
    const messages = view.state?.messages ?? [];
    const interrupted = messages.find((message) => message.turnId === turnId);
    expect(interrupted?.truncated).toBe(true);
    expect(soFar.startsWith(interrupted?.text ?? 'nothing')).toBe(true);
    expect(interrupted?.text).toMatch(/^word0 /);
    // On a busy machine the lease may have ended before the post came.
    const [asked, one, other, answer] = messages.map(({ text }) => text);
    expect(new Set([one, other])).toEqual(new Set(['Still there?', interrupted?.text]));
    expect([asked, answer]).toEqual(['Count, please', 'I am back.']);
    expect(messages).toHaveLength(4);
    expect(view.state?.turns).toEqual([]);
  });
}

test('[TN8] SIGTERM lets a running reply end, exits 0, and the queue goes on at the next start', async () => {
  const room = await setUp();
  const { server, start, ann, roomId, socket, view, endpoint } = room;
  const { turnId, gate } = await writeUpTo(3, room);
  const queued = await socket.emitWithAck('message.post', { roomId, text: 'And then?' });
  if (!queued.ok || queued.turnId === undefined) throw new Error('no turn');
  server.kill('SIGTERM');
  await until('the farewell', () => server.lines.some((line) => line.includes('going down')));
  gate.open();
  expect((await view.turnEnd(turnId)).data).toMatchObject({ outcome: 'completed' });
  expect(await server.exited).toBe(0);

  endpoint.next(says('Then this.'));
  const again = await start();
  const next = await showRoom(movedTo(again.url, ann), roomId);
  await until('the queued turn', () => next.view.state?.turns.length === 0);
  expect(next.view.texts()).toEqual([
    'Count, please',
    'And then?',
    expect.stringContaining('word11'),
    'Then this.',
  ]);
});

test('[EL3] a command whose answer was lost with the server has its effect once', async () => {
  const room = await setUp();
  const { server, start, ann, roomId, socket, endpoint } = room;
  endpoint.reply(says('ok'));
  const commandId = 'retry-me';
  void socket.emit('message.post', { roomId, text: 'Exactly once', commandId }, () => {});
  await until('the event in the log', async () => {
    const { body } = await ann.call('GET', `/api/rooms/${roomId}/events?after=4`);
    return body.events.length > 0;
  });
  server.kill('SIGKILL');
  await server.exited;
  const again = await start();
  const moved = movedTo(again.url, ann);
  const retried = await moved.command(roomId, 'message.post', { text: 'Exactly once', commandId });
  expect(retried).toMatchObject({ status: 200, body: { ok: true, messageId: expect.any(String) } });
  const { body } = await moved.call('GET', `/api/rooms/${roomId}/events`);
  const posted = body.events.filter(
    (event: { data: { text?: string } }) => event.data.text === 'Exactly once',
  );
  expect(posted).toHaveLength(1);
  expect(posted[0].data.messageId).toBe(retried.body.messageId);
});
