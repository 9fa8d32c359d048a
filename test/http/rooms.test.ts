import { afterAll, beforeAll, expect, test } from 'vitest';
import { invite, makeRoomWithBot, Person, signUp } from '../support/client.ts';
import { startApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
let ann: Person;
beforeAll(async () => {
  app = await startApp();
  ann = await signUp(app.url, 'Ann');
});
afterAll(() => app[Symbol.asyncDispose]());

test.each(['blank', 'story', 'troubleshooting', 'library'])('a room is made from %s', async (template) => {
  const made = await ann.call('POST', '/api/rooms', { title: ' A room ', template });
  expect(made).toMatchObject({ status: 201, body: { ok: true, room: { title: 'A room', template } } });
  const { body } = await ann.call('GET', `/api/rooms/${made.body.room.id}`);
  expect(body).toEqual({
    ok: true,
    room: made.body.room,
    members: [expect.objectContaining({ userId: ann.id, name: 'Ann', role: 'owner' })],
    bots: [],
    role: 'owner',
  });
});

test('settings have defaults, and keep keys of later versions', async () => {
  const { body } = await ann.call('POST', '/api/rooms', {
    title: 'x',
    settings: { reply: 'mention', later: [1] },
  });
  expect(body.room.settings).toEqual({
    regenerate: 'anyone',
    reply: 'mention',
    interjections: 1,
    relationships: false,
    spectatorsSeeState: false,
    later: [1],
  });
});

const deep = JSON.parse(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`) as object;
test.each([
  [{}, 'title'],
  [{ title: '  ' }, 'title'],
  [{ title: 'x'.repeat(201) }, 'title'],
  [{ title: 'x', template: 'castle' }, 'template'],
  [{ title: 'x', settings: { regenerate: 'nobody' } }, 'settings.regenerate'],
  [{ title: 'x', settings: 'loud' }, 'settings'],
  [{ title: 'x', bots: 'all' }, 'bots'],
  [{ title: 'x', bots: ['../etc/passwd'] }, 'bots.0'],
  [{ title: 'x', bots: Array(17).fill('x') }, 'bots'],
])('[PR2] a bad value names its field: %j', async (body, field) => {
  const refused = await ann.call('POST', '/api/rooms', body);
  expect(refused).toMatchObject({
    status: 400,
    body: { ok: false, error: { code: 'invalid', details: { field } } },
  });
});

test('[TX6] settings that are too deep or too long are refused', async () => {
  for (const settings of [{ deep }, { long: 'x'.repeat(9_000) }]) {
    expect((await ann.call('POST', '/api/rooms', { title: 'x', settings })).body.error.code).toBe('invalid');
  }
});

test('my rooms are those I am in, the last active first', async () => {
  const ben = await signUp(app.url, 'Ben');
  const [first, second] = [await makeRoomWithBot(ben), await makeRoomWithBot(ben)];
  await ben.command(first.roomId, 'room.update', { title: 'Busy' });
  const { rooms } = (await ben.call('GET', '/api/rooms')).body;
  expect(rooms).toMatchObject([
    { id: first.roomId, title: 'Busy', role: 'owner' },
    { id: second.roomId, title: 'The room' },
  ]);
});

test('[PM1] to those outside, and to those without a session, there is no room', async () => {
  const { roomId } = await makeRoomWithBot(ann);
  const eve = await signUp(app.url, 'Eve');
  for (const path of ['', '/events', '/events?after=2', '/invites']) {
    for (const room of [roomId, 'unknown', '__proto__', '%00', 'a'.repeat(500)]) {
      const answer = await eve.call('GET', `/api/rooms/${room}${path}`);
      expect([path, room, answer.status, answer.body.error.code]).toEqual([path, room, 404, 'not_found']);
    }
    expect((await new Person(app.url).call('GET', `/api/rooms/${roomId}${path}`)).status).toBe(401);
  }
  expect((await eve.command(roomId, 'message.post', { text: 'hello' })).status).toBe(404);
  expect((await eve.command('unknown', 'message.post', { text: 'hello' })).status).toBe(404);
});

test('[CM12] ids of another room are not found here', async () => {
  const here = await makeRoomWithBot(ann);
  const there = await makeRoomWithBot(ann);
  const posted = (await ann.command(there.roomId, 'message.post', { text: 'Over there' })).body;
  const foreign = { messageId: posted.messageId as string, turnId: posted.turnId as string };
  const attempts: [string, Record<string, unknown>][] = [
    ['message.edit', { messageId: foreign.messageId, text: 'x' }],
    ['reply.regenerate', { messageId: foreign.messageId }],
    ['message.post', { text: 'x', replyTo: foreign.messageId }],
    ['turn.stop', { turnId: foreign.turnId }],
    ['bot.remove', { botId: there.botId }],
    ['member.remove', { userId: (await invite(ann, there.roomId, 'participant', 'Ben')).id }],
  ];
  for (const [name, args] of attempts) {
    const { status, body } = await ann.command(here.roomId, name, args);
    expect([name, status, body.error?.code]).toEqual([name, 404, 'not_found']);
  }
});
