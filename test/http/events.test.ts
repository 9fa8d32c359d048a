import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open-database.ts';
import { compiled } from '../../src/db/query.ts';
import { invite, makeRoomWithBot, type Person, signUp } from '../support/client.ts';
import { type EventStream, openEventStream } from '../support/event-stream.ts';
import { startApp, type TestApp } from '../support/start-app.ts';
import { openLog } from '../support/test-log.ts';
import { until } from '../support/until.ts';

let app: TestApp;
let ann: Person;
beforeAll(async () => {
  app = await startApp();
  ann = await signUp(app.url, 'Ann');
});
afterAll(() => app[Symbol.asyncDispose]());

/** A room without bots and with some messages in it, so that nothing is written by itself. */
async function quietRoom(messages = 3): Promise<string> {
  const { body } = await ann.call('POST', '/api/rooms', { title: 'Quiet' });
  for (let n = 1; n <= messages; n += 1) await post(body.room.id, `message ${n}`);
  return body.room.id;
}
const post = (roomId: string, text: string) => ann.command(roomId, 'message.post', { text });
const seqs = ({ received }: EventStream) => received.map(({ event }) => event.seq);

test('the log is read in pages', async () => {
  const roomId = await quietRoom();
  const read = async (query: string) => (await ann.call('GET', `/api/rooms/${roomId}/events${query}`)).body;
  const all = await read('');
  const head = all.events.length as number;
  expect(all.events.map(({ seq }: { seq: number }) => seq)).toEqual(
    Array.from({ length: head }, (_, n) => n + 1),
  );
  expect(all).toMatchObject({ ok: true, head, epoch: expect.any(String) });
  expect(await read('?after=2&limit=2')).toEqual({ ...all, events: all.events.slice(2, 4) });
  expect((await read(`?after=${head}`)).events).toEqual([]);
  for (const [query, field] of [
    ['?after=-1', 'after'],
    ['?after=x', 'after'],
    ['?limit=0', 'limit'],
    ['?limit=1001', 'limit'],
    ['?after=1&after=2', 'after'],
  ]) {
    const { error } = await read(query as string);
    expect([query, error?.details ?? error]).toEqual([query, { field }]);
  }
});

test('[CQ8] a stream shows no memories to somebody whom another process has made a spectator', async () => {
  const { roomId } = await makeRoomWithBot(ann, { relationships: true });
  const ben = await invite(ann, roomId, 'participant', 'Ben');
  const stream = await openEventStream(ben, roomId);
  await until('what was there', () => stream.received.length > 0);
  // Another process on the same database, of which this one hears nothing.
  const db = await openDatabase(app.config.databaseUrl);
  const other = openLog(db);
  const { members, bots } = await other.newestStateOf(roomId);
  const idOf = (wanted: string) => members.find(({ name }) => name === wanted)?.userId ?? '';
  const args = { userId: idOf('Ben'), role: 'spectator' as const };
  const owner = { type: 'user' as const, id: idOf('Ann') };
  const changed = await other.handle({ roomId, actor: owner, command: { name: 'member.setRole', args } });
  const seq = Number(changed.seq) + 1;
  const memory = { memoryId: 'one', witnessId: bots[0]?.botId, text: 'A secret', significance: 5 };
  await db.transact(roomId, function* () {
    yield compiled(
      db.sql.insertInto('events').values({
        ...{ room_id: roomId, seq, kind: 'memory.written', version: 1, at: new Date().toISOString() },
        ...{ actor_type: 'system' as const, actor_id: 'system', turn_id: null, cause: 'a message' },
        data: JSON.stringify({ ...memory, place: { seq: 1, slot: 'a message' } }),
      }),
    );
    yield compiled(db.sql.updateTable('rooms').set({ head: seq }).where('id', '=', roomId));
  });
  await until('the memory', () => seqs(stream).includes(seq));
  expect(stream.received.at(-1)?.event).toMatchObject({ kind: 'hidden', data: {} });
  stream.close();
  await db.close();
});

test('[EL8] as server-sent events the log comes from the start, then live, each with its seq as id', async () => {
  const roomId = await quietRoom();
  const stream = await openEventStream(ann, roomId);
  expect(stream).toMatchObject({ status: 200, contentType: 'text/event-stream' });
  const before = (await ann.call('GET', `/api/rooms/${roomId}/events`)).body;
  await until('what was there', () => stream.received.length === before.head);
  const posted = await Promise.all(Array.from({ length: 20 }, (_, n) => post(roomId, `live ${n}`)));
  const head = Math.max(...posted.map(({ body }) => body.seq));
  await until('what came', () => seqs(stream).at(-1) === head);
  const after = (await ann.call('GET', `/api/rooms/${roomId}/events`)).body;
  expect(stream.received.map(({ event }) => event)).toEqual(after.events);
  expect(stream.received.map(({ id }) => id)).toEqual(seqs(stream).map(String));
  stream.close();
});

test('[EL8] a stream goes on from Last-Event-ID, which counts for more than the address', async () => {
  const roomId = await quietRoom(5);
  const { head } = (await ann.call('GET', `/api/rooms/${roomId}/events`)).body;
  const resumed = await openEventStream(ann, roomId, {
    query: '?after=1',
    headers: { 'last-event-id': `${head - 2}` },
  });
  const odd = await openEventStream(ann, roomId, {
    query: `?after=${head - 1}`,
    headers: { 'last-event-id': 'what?' },
  });
  await until('the last two', () => resumed.received.length === 2 && odd.received.length === 1);
  expect(seqs(resumed)).toEqual([head - 1, head]);
  expect(seqs(odd)).toEqual([head]);
  resumed.close();
  odd.close();
});

/** Somebody new with a room that has a long log, written by socket since that is quicker. */
async function longRoom(messages: number, text: string): Promise<{ owner: Person; roomId: string }> {
  const owner = await signUp(app.url, 'Olga');
  const roomId = (await owner.call('POST', '/api/rooms', { title: 'Long' })).body.room.id as string;
  const socket = await owner.connect();
  const posts = Array.from({ length: messages }, () => socket.emitWithAck('message.post', { roomId, text }));
  expect((await Promise.all(posts)).every(({ ok }) => ok)).toBe(true);
  socket.close();
  return { owner, roomId };
}

test('[EL8] a stream reads more than a page, and what is written meanwhile', async () => {
  const { owner, roomId } = await longRoom(600, 'more');
  const stream = await openEventStream(owner, roomId);
  const { body } = await owner.command(roomId, 'message.post', { text: 'meanwhile' });
  await until('the end of the log', () => seqs(stream).at(-1) === body.seq);
  expect(seqs(stream)).toEqual(Array.from({ length: body.seq }, (_, n) => n + 1));
  stream.close();
});

test('[PE5] the stream of one who is removed ends, without what came after', async () => {
  const roomId = await quietRoom();
  const ben = await invite(ann, roomId, 'spectator', 'Ben');
  const stream = await openEventStream(ben, roomId);
  await until('the first events', () => stream.received.length > 0);
  const removed = ann.command(roomId, 'member.remove', { userId: ben.id });
  const secret = post(roomId, 'Now that he is gone');
  expect(await stream.ended).toBe('ended');
  expect((await removed).status).toBe(200);
  await secret;
  expect(stream.received.filter(({ event }) => event.seq >= 7)).toEqual([]);
  expect(JSON.stringify(stream.received)).not.toContain('Now that he is gone');
  expect((await openEventStream(ben, roomId)).status).toBe(404);
});

test('[PE6] the stream of a session that was ended ends, others of the same person go on', async () => {
  const roomId = await quietRoom();
  const ben = await invite(ann, roomId, 'participant', 'Ben');
  const { token } = (await ben.call('POST', '/api/tokens', { label: 'Script' })).body;
  const script = await openEventStream(ben, roomId, {
    headers: { authorization: `Bearer ${token}`, cookie: '' },
  });
  const page = await openEventStream(ben, roomId);
  await ben.call('DELETE', '/api/session');
  expect(await page.ended).toBe('ended');
  const { body } = await post(roomId, 'still there?');
  await until('the script’s stream', () => seqs(script).at(-1) === body.seq);
  expect(seqs(page)).not.toContain(body.seq);
  script.close();
});

test('[PE6] a slow reader who signs out in the middle of the log gets no more of it', async () => {
  const text = 'x'.repeat(30_000);
  const { owner, roomId } = await longRoom(700, text);
  const ben = await invite(owner, roomId, 'participant', 'Ben');
  const { port } = new URL(app.url);
  const raw = connect(Number(port), '127.0.0.1');
  raw.write(
    `GET /api/rooms/${roomId}/events HTTP/1.1\r\nHost: localhost:${port}\r\nAccept: text/event-stream\r\n` +
      `Cookie: ${ben.cookie}\r\n\r\n`,
  );
  let heard = '';
  const closed = new Promise((resolve) => raw.once('close', resolve));
  raw.once('data', (bytes) => {
    heard += bytes;
    raw.pause();
  });
  await until('the head of the stream', () => heard.includes('text/event-stream'));
  expect((await ben.call('DELETE', '/api/session')).status).toBe(200);
  let size = 0;
  raw.on('data', (bytes) => {
    size += bytes.length;
    if (String(bytes.subarray(-5)) === '0\r\n\r\n') raw.end();
  });
  raw.resume();
  await closed;
  // The page that was under way, not the whole log.
  expect(size).toBeGreaterThan(20 * text.length);
  expect(size).toBeLessThan(400 * text.length);
  expect((await ann.call('GET', '/api/session')).status).toBe(200);
});

test('[TN8] a server with open streams goes down all the same', async () => {
  const own = await startApp();
  const eve = await signUp(own.url, 'Eve');
  const { roomId } = await makeRoomWithBot(eve);
  const stream = await openEventStream(eve, roomId);
  await until('the first events', () => stream.received.length > 0);
  await own[Symbol.asyncDispose]();
  await stream.ended;
});
