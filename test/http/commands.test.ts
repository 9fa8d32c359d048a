import { afterAll, beforeAll, expect, test } from 'vitest';
import { roomCommandNames } from '../../src/protocol/room-commands.ts';
import { invite, makeRoomWithBot, type Person, signUp, type TabSocket } from '../support/client.ts';
import { startApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
let ann: Person;
let tab: TabSocket;
beforeAll(async () => {
  app = await startApp();
  ann = await signUp(app.url, 'Ann');
  tab = await ann.connect();
});
afterAll(async () => {
  tab.close();
  await app[Symbol.asyncDispose]();
});

type Args = Record<string, unknown>;
const bySocket = (roomId: string, name: string, args: Args): Promise<Record<string, unknown>> =>
  tab.emitWithAck(name as 'message.post', { roomId, ...args } as { roomId: string; text: string });
const byHttp = async (roomId: string, name: string, args: Args) =>
  (await ann.command(roomId, name, args)).body as Record<string, unknown>;
const emptyRoom = async () =>
  (await ann.call('POST', '/api/rooms', { title: 'Empty' })).body.room.id as string;

test('a command gives the same result by HTTP and by socket', async () => {
  const { roomId, botId } = await makeRoomWithBot(ann, { reply: 'mention' });
  const ben = await invite(ann, roomId, 'participant', 'Ben');
  const said = (await byHttp(roomId, 'message.post', { text: 'First' })).messageId;
  const steps: [string, (nth: number) => Args][] = [
    ['message.post', (nth) => ({ text: `Hello ${nth}` })],
    ['message.edit', (nth) => ({ messageId: said, text: `Edit ${nth}` })],
    ['room.update', (nth) => ({ title: `Title ${nth}`, settings: { reply: 'mention' } })],
    ['member.setRole', (nth) => ({ userId: ben.id, role: nth === 1 ? 'moderator' : 'spectator' })],
    ['bot.add', (nth) => ({ botId, role: nth === 1 ? 'guest' : 'host' })],
    ['message.post', () => ({ text: '' })],
    ['message.edit', () => ({ messageId: 'unknown', text: 'x' })],
    ['turn.stop', () => ({ turnId: 'unknown' })],
    ['member.remove', () => ({ userId: ann.id })],
    ['reply.regenerate', () => ({ messageId: 3 })],
  ];
  for (const [name, args] of steps) {
    const shapes = [await bySocket(roomId, name, args(1)), await byHttp(roomId, name, args(2))].map(
      (result) => ({
        ...result,
        ...('seq' in result ? { seq: 'a number' } : {}),
        ...('messageId' in result && result.messageId !== said ? { messageId: 'an id' } : {}),
        ...('role' in result ? { role: 'a role' } : {}),
      }),
    );
    expect([name, shapes[1]]).toEqual([name, shapes[0]]);
  }
});

test('every command of the table is there by HTTP, and nothing else is', async () => {
  const roomId = await emptyRoom();
  for (const name of roomCommandNames) {
    // A message without text, a bot without an id: known, and refused for its arguments; a fork may be empty, some are.
    const { status } = await ann.command(roomId, name, {});
    const empty = {
      'room.update': 200,
      'room.fork': 200,
      'brief.refresh': 200,
      'history.undo': 409,
      'scene.close': 409,
    };
    const expected = new Map<string, number>(Object.entries(empty)).get(name) ?? 400;
    expect([name, status]).toEqual([name, expected]);
  }
  for (const name of [
    'turn.start',
    'turn.finish',
    'room.create',
    'member.join',
    '__proto__',
    'constructor',
    'x',
  ]) {
    expect([name, (await ann.command(roomId, name, { text: 'x' })).status]).toEqual([name, 404]);
  }
});

test('[EL3] a command id has one effect, whichever way it comes', async () => {
  const roomId = await emptyRoom();
  const once = { text: 'Only once', commandId: 'c-1' };
  const results = await Promise.all([
    bySocket(roomId, 'message.post', once),
    byHttp(roomId, 'message.post', once),
    byHttp(roomId, 'message.post', once),
    bySocket(roomId, 'message.post', once),
  ]);
  results.push(await byHttp(roomId, 'message.post', once));
  expect(results[0]).toMatchObject({ ok: true });
  for (const result of results) expect(result).toEqual(results[0]);
  const { events } = (await ann.call('GET', `/api/rooms/${roomId}/events`)).body;
  expect(events.filter(({ kind }: { kind: string }) => kind === 'message.posted')).toHaveLength(1);
  expect(await bySocket(roomId, 'message.post', { ...once, text: 'Other' })).toMatchObject({
    ok: false,
    error: { code: 'conflict' },
  });
  expect((await ann.command(roomId, 'room.update', { title: 'x', commandId: 'c-1' })).status).toBe(409);
  // In another room, and from somebody else, it is another command.
  const elsewhere = await emptyRoom();
  expect(await byHttp(elsewhere, 'message.post', once)).toMatchObject({ ok: true });
  const ben = await invite(ann, roomId, 'participant', 'Ben');
  expect((await ben.command(roomId, 'message.post', once)).body.messageId).not.toBe(results[0]?.messageId);
});

test('[EL3] a bot that is brought in again under its command id is the first result, whatever became of it', async () => {
  const roomId = await emptyRoom();
  const made = await ann.call('POST', '/api/bots', {
    name: 'Ada',
    persona: 'Knows ships.',
    greeting: 'Ahoy!',
  });
  const botId = made.body.bot.id as string;
  const args = { botId, commandId: 'b-1' };
  const first = await byHttp(roomId, 'bot.add', args);
  expect(first).toMatchObject({ ok: true, botId });
  const changes = [
    () => ann.call('PATCH', `/api/bots/${botId}`, { name: 'Ida', greeting: null }),
    () => ann.command(roomId, 'bot.remove', { botId }),
    () => ann.call('DELETE', `/api/bots/${botId}`),
  ];
  for (const change of changes) {
    expect((await change()).status).toBe(200);
    expect(await bySocket(roomId, 'bot.add', args)).toEqual(first);
    expect(await byHttp(roomId, 'bot.add', args)).toEqual(first);
  }
  const other = { ...args, role: 'guest' };
  expect(await byHttp(roomId, 'bot.add', other)).toMatchObject({ error: { code: 'conflict' } });
  const { events } = (await ann.call('GET', `/api/rooms/${roomId}/events`)).body;
  expect(events.filter(({ kind }: { kind: string }) => kind === 'bot.joined')).toHaveLength(1);
});

test('[SC1] a scene is opened and closed, and one without words is refused by a field', async () => {
  const roomId = await emptyRoom();
  const opened = await bySocket(roomId, 'scene.open', { place: 'The harbour' });
  expect(opened).toEqual({ ok: true, seq: 3, sceneId: expect.any(String) });
  expect(await byHttp(roomId, 'scene.close', {})).toEqual({ ok: true, seq: 4, sceneId: opened.sceneId });
  const refused = await byHttp(roomId, 'scene.open', {});
  expect(refused).toMatchObject({ error: { code: 'invalid', details: { field: 'title' } } });
});

test('[FK3] a room is forked once, by socket and by HTTP, and belongs to who did', async () => {
  const { roomId } = await makeRoomWithBot(ann);
  const ben = await invite(ann, roomId, 'participant', 'Ben');
  const socket = await ben.connect();
  const args = { roomId, title: 'Mine', commandId: 'f-1' };
  const forked = (await socket.emitWithAck('room.fork', args)) as { room: { id: string } };
  socket.close();
  expect(forked).toMatchObject({ ok: true, room: { id: expect.any(String), title: 'Mine' } });
  expect((await ben.command(roomId, 'room.fork', args)).body).toEqual(forked);
  const { body } = await ben.call('GET', `/api/rooms/${forked.room.id}`);
  expect(body).toMatchObject({ role: 'owner', members: [{ name: 'Ben' }], bots: [{ name: 'Kibitz' }] });
  const watching = await invite(ann, roomId, 'spectator');
  expect((await watching.command(roomId, 'room.fork', {})).status).toBe(403);
});

test('the room of a command is the one in the address, whatever its body says', async () => {
  const [here, there] = [await emptyRoom(), await emptyRoom()];
  await byHttp(here, 'message.post', { text: 'Here', roomId: there });
  expect((await ann.call('GET', `/api/rooms/${there}/events`)).body.events).toHaveLength(2);
});

test.each([
  [{ text: 'x'.repeat(32_001) }, 'text'],
  [{ text: ' \u200b\n' }, 'text'],
  [{ text: 7 }, 'text'],
  [{ text: 'x', replyTo: 'not an id!' }, 'replyTo'],
  [{ text: 'x', commandId: '' }, 'commandId'],
  [{ text: 'x', commandId: 'y'.repeat(65) }, 'commandId'],
])('[PR2] a bad argument is named and not said back (%#)', async (args, field) => {
  const roomId = await emptyRoom();
  const { status, body } = await ann.command(roomId, 'message.post', args);
  expect([status, body.error.details]).toEqual([400, { field }]);
  expect(JSON.stringify(body)).not.toContain('xxxx');
});
