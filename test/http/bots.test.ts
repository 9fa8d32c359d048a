import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRoomWithBot, Person, signUp } from '../support/client.ts';
import { startApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const persona = 'Knows everything about ships.';

test('[PE7] a bot is made, read, changed and taken away by who made it', async () => {
  const ann = await signUp(app.url, 'Ann');
  const made = await ann.call('POST', '/api/bots', { name: ' Ada ', persona, talkativeness: 0.4 });
  expect(made).toMatchObject({ status: 201, body: { ok: true, bot: { name: 'Ada', persona } } });
  const { bot } = made.body;
  const path = `/api/bots/${bot.id}`;
  expect((await ann.call('GET', path)).body).toEqual({ ok: true, bot });
  const changed = { ...bot, greeting: 'Ahoy!' };
  expect((await ann.call('PATCH', path, { greeting: 'Ahoy!' })).body.bot).toEqual(changed);
  expect((await ann.call('GET', '/api/bots')).body.bots).toEqual([changed]);
  expect((await ann.call('DELETE', path)).status).toBe(200);
  expect((await ann.call('GET', path)).status).toBe(404);
  expect((await ann.call('DELETE', path)).status).toBe(404);
  expect((await ann.call('GET', '/api/bots')).body.bots).toEqual([]);
});

test('[PE7] two changes at once are both kept', async () => {
  const ann = await signUp(app.url, 'Ann');
  const { bot } = (await ann.call('POST', '/api/bots', { name: 'Ada', persona })).body;
  const path = `/api/bots/${bot.id}`;
  await Promise.all([
    ann.call('PATCH', path, { greeting: 'Ahoy!' }),
    ann.call('PATCH', path, { name: 'Ida' }),
    ann.call('PATCH', path, { talkativeness: 1 }),
  ]);
  expect((await ann.call('GET', path)).body.bot).toEqual({
    ...bot,
    name: 'Ida',
    greeting: 'Ahoy!',
    talkativeness: 1,
  });
});

test('[GR1] [PR2] a bot greets with what its profile says, whatever a caller adds', async () => {
  const ann = await signUp(app.url, 'Ann');
  const greeting = 'Ahoy, {{user}}!';
  const { bot } = (await ann.call('POST', '/api/bots', { name: 'Ada', persona, greeting })).body;
  const room = (await ann.call('POST', '/api/rooms', { title: 'With', bots: [bot.id] })).body.room.id;
  const other = (await ann.call('POST', '/api/rooms', { title: 'Without', bots: [] })).body.room.id;
  const forged = { botId: bot.id, name: 'Forged', greeting: 'Forged!' };
  expect((await ann.command(other, 'bot.add', forged)).status).toBe(200);
  for (const roomId of [room, other]) {
    const { events } = (await ann.call('GET', `/api/rooms/${roomId}/events`)).body;
    expect(events.at(-1)).toMatchObject({
      kind: 'message.posted',
      data: { author: { type: 'bot', id: bot.id, name: 'Ada' }, text: 'Ahoy, Ann!', version: 1 },
    });
  }
});

test('[PE7] to everybody else there is no such bot', async () => {
  const ann = await signUp(app.url, 'Ann');
  const { botId } = await makeRoomWithBot(ann);
  const eve = await signUp(app.url, 'Eve');
  const path = `/api/bots/${botId}`;
  const room = (await eve.call('POST', '/api/rooms', { title: 'Eve’s' })).body.room.id as string;
  const attempts = [
    eve.call('GET', path),
    eve.call('PATCH', path, { persona: 'Mine now.' }),
    eve.call('DELETE', path),
    eve.command(room, 'bot.add', { botId }),
    eve.call('POST', '/api/rooms', { title: 'Another', bots: [botId] }),
  ];
  for (const attempt of attempts) {
    expect(await attempt).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
  }
  expect((await eve.call('GET', '/api/bots')).body.bots).toEqual([]);
  expect((await ann.call('GET', path)).body.bot.persona).toBe('A helpful assistant.');
  expect((await new Person(app.url).call('GET', path)).status).toBe(401);
});

test.each([
  [{ persona }, 'name'],
  [{ name: 'Ada' }, 'persona'],
  [{ name: 'Ada', persona, talkativeness: 2 }, 'talkativeness'],
  [{ name: 'Ada', persona: 'x'.repeat(20_001) }, 'persona'],
  [{ name: 'Ada', persona, model: '' }, 'model'],
  [{ name: { first: 'Ada' }, persona }, 'name'],
])('a bot that makes no sense is refused by the name of its field (%#)', async (body, field) => {
  const ann = await signUp(app.url, 'Ann');
  const refused = await ann.call('POST', '/api/bots', body);
  expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid', details: { field } } } });
});

test('what a caller adds to a bot beside its fields is not kept, its id and owner least of all', async () => {
  const [ann, eve] = [await signUp(app.url, 'Ann'), await signUp(app.url, 'Eve')];
  const extra = { id: 'chosen', owner_id: eve.id, ownerId: eve.id };
  const { bot } = (await ann.call('POST', '/api/bots', { name: 'Ada', persona, ...extra })).body;
  expect(Object.keys(bot).sort()).toEqual(['id', 'name', 'persona']);
  expect(bot.id).not.toBe('chosen');
  expect((await ann.call('PATCH', `/api/bots/${bot.id}`, extra)).body.bot).toEqual(bot);
});
