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

const templates = ['blank', 'story', 'troubleshooting', 'library'] as const;

test.each(templates)('[TP2] a room is made from %s without bots where none are wanted', async (template) => {
  const made = await ann.call('POST', '/api/rooms', { title: ' A room ', template, bots: [] });
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

test.each([
  ['blank', []],
  ['story', ['Maren', 'Corvin']],
  ['troubleshooting', ['Ines']],
  ['library', ['Quill']],
])('[TP2] a room from %s has its characters, who are then its maker’s', async (template, names) => {
  const ben = await signUp(app.url, 'Ben');
  const made = await ben.call('POST', '/api/rooms', { title: 'A room', template });
  expect(made.status).toBe(201);
  const { bots } = (await ben.call('GET', `/api/rooms/${made.body.room.id}`)).body;
  expect(bots.map(({ name }: { name: string }) => name)).toEqual(names);
  const owned = (await ben.call('GET', '/api/bots')).body.bots as { id: string; name: string }[];
  expect(owned.map(({ id }) => id).sort()).toEqual(bots.map(({ botId }: { botId: string }) => botId).sort());
  const { events } = (await ben.call('GET', `/api/rooms/${made.body.room.id}/events`)).body;
  const said = events.filter(({ kind }: { kind: string }) => kind === 'message.posted');
  expect(said.map(({ data }: { data: { author: { name: string } } }) => data.author.name)).toEqual(
    names.slice(0, 1),
  );
  if (names.length > 0) expect(said[0].data.text).toMatch(/Ben[\s\S]*\?$/);
});

test('[TP2] a character of the maker’s with the name is the one, as it is', async () => {
  const ben = await signUp(app.url, 'Ben');
  const mine = { name: 'Maren', persona: 'Mine.', greeting: 'My own words.' };
  const { bot } = (await ben.call('POST', '/api/bots', mine)).body;
  const rooms = [1, 2].map(() => ben.call('POST', '/api/rooms', { title: 'A story', template: 'story' }));
  const [first] = await Promise.all(rooms);
  await ben.call('POST', '/api/rooms', { title: 'Another', template: 'story' });
  const { bots } = (await ben.call('GET', `/api/rooms/${first?.body.room.id}`)).body;
  expect(bots[0]).toMatchObject({ botId: bot.id, role: 'host' });
  expect((await ben.call('GET', `/api/bots/${bot.id}`)).body.bot.persona).toBe('Mine.');
});

test('[TP3] a story begins in a scene, and with a person’s own bots in none', async () => {
  const sceneOf = async (bots?: string[]) => {
    const made = await ann.call('POST', '/api/rooms', { title: 'A story', template: 'story', bots });
    const { events } = (await ann.call('GET', `/api/rooms/${made.body.room.id}/events`)).body;
    const of = (kind: string) => events.find((event: { kind: string }) => event.kind === kind)?.data;
    return { scene: of('scene.opened'), greeting: of('message.posted') };
  };
  const { scene, greeting } = await sceneOf();
  expect(scene.sceneId).toBe(greeting.scene);
  for (const words of [scene.title, scene.place, scene.clock]) expect(words.length).toBeGreaterThan(5);
  expect((await sceneOf([])).scene).toBeUndefined();
});

test.each([
  ['story', { relationships: true, interjections: 1 }],
  ['troubleshooting', { relationships: false, interjections: 0 }],
])(
  '[TP1] a room from %s has the settings of that, but for those that are wanted',
  async (template, settings) => {
    const make = async (wanted: object) =>
      (await ann.call('POST', '/api/rooms', { title: 'x', template, bots: [], settings: wanted })).body.room
        .settings;
    expect(await make({})).toMatchObject(settings);
    const wanted = { relationships: false, interjections: 2 };
    expect(await make(wanted)).toMatchObject(wanted);
  },
);

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
    facts: false,
    voiceWeight: 0.5,
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
