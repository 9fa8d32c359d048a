import { afterAll, beforeAll, expect, test } from 'vitest';
import { invite, makeRoomWithBot, Person, signUp } from '../support/client.ts';
import { fixture } from '../support/fixtures.ts';
import { startApp, type TestApp } from '../support/start-app.ts';
import { sendForm, sendRaw } from '../support/uploads.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const path = '/api/rooms/import';
const chat = fixture('sillytavern/swipes.jsonl').toString();

async function exported(person: Person, roomId: string, format: string) {
  const response = await fetch(`${person.url}/api/rooms/${roomId}/export?format=${format}`, {
    headers: { cookie: person.cookie },
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const linesIn = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('[CC11] a SillyTavern chat becomes a room and goes out as it came in', async () => {
  const ann = await signUp(app.url, 'Ann');
  const made = await ann.call('POST', path, { format: 'sillytavern', data: chat });
  expect(made).toMatchObject({ status: 201, body: { ok: true, room: { title: 'Hob Underhill' } } });
  const roomId = made.body.room.id as string;
  const out = await exported(ann, roomId, 'sillytavern');
  expect(linesIn(out.text)).toEqual(linesIn(chat));
  expect(out.headers.get('content-disposition')).toBe('attachment; filename="Hob Underhill.jsonl"');
  expect((await ann.call('GET', `/api/rooms/${roomId}`)).body).toMatchObject({
    role: 'owner',
    members: [{ userId: ann.id, name: 'Ann' }],
    bots: [{ name: 'Hob Underhill', role: 'host' }],
  });
});

test('[CC10] a chat comes in as text, in a form or in JSON, with or without its format', async () => {
  const ann = await signUp(app.url, 'Ann');
  const answers = [
    await sendRaw(ann, `${path}?title=Mine`, Buffer.from(chat), 'text/plain'),
    await sendForm(ann, path, { title: 'Mine', file: new File([chat], 'Hob.jsonl') }),
    await sendForm(ann, path, { title: 'Mine', format: 'sillytavern', file: new File([chat], 'x') }),
    await ann.call('POST', path, { title: 'Mine', data: chat }),
  ];
  for (const answer of answers)
    expect(answer).toMatchObject({ status: 201, body: { room: { title: 'Mine' } } });
  expect((await ann.call('GET', '/api/rooms')).body.rooms).toHaveLength(4);
  // The first made the bot, the others found it.
  expect((await ann.call('GET', '/api/bots')).body.bots).toHaveLength(1);
});

test('[CC12] a bot of the importer with the name is the one; whose name is somebody’s here is still nobody', async () => {
  const [ann, bob] = [await signUp(app.url, 'Ann'), await signUp(app.url, 'Bob')];
  const { bot } = (await ann.call('POST', '/api/bots', { name: 'Ada', persona: 'Dry.' })).body;
  await bob.call('POST', '/api/bots', { name: 'Ivy', persona: 'Bob’s.' });
  const said = [
    { user_name: 'Ann', character_name: 'Ada' },
    { name: 'Ann', is_user: true, mes: 'Hi' },
    { name: 'Bob', is_user: true, mes: 'Ho' },
    { name: 'Ada', is_user: false, mes: 'Hm' },
    { name: 'Ivy', is_user: false, mes: 'Ha' },
  ];
  const data = said.map((line) => JSON.stringify(line)).join('\n');
  const roomId = (await ann.call('POST', path, { data })).body.room.id as string;
  const { events } = (await ann.call('GET', `/api/rooms/${roomId}/events`)).body;
  const authors = events
    .filter(({ kind }: { kind: string }) => kind === 'message.posted')
    .map(({ data: { author } }: { data: { author: { id: string } } }) => author.id);
  expect(authors[0]).toBe(ann.id);
  expect(authors[1]).not.toBe(bob.id);
  expect(authors[2]).toBe(bot.id);
  expect((await ann.call('GET', '/api/bots')).body.bots.map(({ name }: { name: string }) => name)).toEqual([
    'Ada',
    'Ivy',
  ]);
});

test('[CC10] an imported room goes on: its bot answers, and a reply is written anew', async () => {
  const ann = await signUp(app.url, 'Ann');
  const roomId = (await ann.call('POST', path, { data: chat })).body.room.id as string;
  const posted = await ann.command(roomId, 'message.post', { text: 'And now?' });
  expect(posted.body).toMatchObject({ ok: true, turnId: expect.any(String) });
  const { events } = (await ann.call('GET', `/api/rooms/${roomId}/events`)).body;
  const reply = events.find(({ data }: { data: { text?: string } }) => data.text === 'One swipe only.');
  const anew = await ann.command(roomId, 'reply.regenerate', { messageId: reply.data.messageId });
  expect(anew.body).toMatchObject({ ok: true });
});

test('[CC9] everybody in a room exports it, spectators too, and nobody else', async () => {
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann, { reply: 'mention' });
  await ann.command(roomId, 'message.post', { text: 'Hello there' });
  const watching = await invite(ann, roomId, 'spectator');
  for (const format of ['jsonl', 'markdown', 'sillytavern']) {
    const out = await exported(watching, roomId, format);
    expect(out.status).toBe(200);
    expect(out.text).toContain('Hello there');
    expect((await exported(await signUp(app.url, 'Eve'), roomId, format)).status).toBe(404);
    expect((await exported(new Person(app.url), roomId, format)).status).toBe(401);
  }
  expect((await exported(ann, roomId, 'exe')).status).toBe(400);
  const markdown = await exported(ann, roomId, 'markdown');
  expect(markdown.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
  expect(markdown.text).toMatch(
    /^# The room\n\nAnn, Kibitz\n\n### Ann · \d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC\n\nHello there\n$/,
  );
});

test('[CC9] [CC10] a log is all events in order, and makes a room again', async () => {
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann, { reply: 'mention' });
  for (let n = 0; n < 12; n += 1) await ann.command(roomId, 'message.post', { text: `number ${n}` });
  const { text } = await exported(ann, roomId, 'jsonl');
  const [header, ...events] = linesIn(text);
  expect(header).toMatchObject({
    kibitz: 'room-log',
    version: 1,
    roomId,
    title: 'The room',
    head: events.length,
  });
  expect(events).toEqual((await ann.call('GET', `/api/rooms/${roomId}/events?limit=1000`)).body.events);
  const made = await sendRaw(ann, path, Buffer.from(text), 'application/x-ndjson');
  expect(made).toMatchObject({
    status: 201,
    body: { room: { title: 'The room', settings: { reply: 'mention' } } },
  });
  expect(made.body.room.id).not.toBe(roomId);
  const again = await exported(ann, made.body.room.id, 'markdown');
  expect(again.text).toBe((await exported(ann, roomId, 'markdown')).text);
});

test('[CC2] [CC10] what cannot be imported is refused and leaves nothing', async () => {
  const ann = await signUp(app.url, 'Ann');
  const line = `${JSON.stringify({ name: 'Ada', mes: 'x'.repeat(2_000) })}\n`;
  const refusals = [
    [await ann.call('POST', path, { data: 'nonsense' }), 400],
    [await ann.call('POST', path, { data: 5 }), 400],
    [await ann.call('POST', path, { data: chat, format: 'exe' }), 400],
    [await ann.call('POST', path, { data: chat, format: 'jsonl' }), 400],
    [await ann.call('POST', path, { data: chat, title: ' ' }), 400],
    [await sendRaw(ann, path, Buffer.from('{'), 'application/json'), 400],
    [await sendRaw(ann, path, Buffer.from([0xff, 0xff]), 'text/plain'), 400],
    [await sendRaw(ann, path, Buffer.from(line.repeat(5_200)), 'text/plain'), 413],
    [await sendRaw(ann, path, Buffer.from('{"mes":"x"}\n'.repeat(5_001)), 'text/plain'), 413],
    [await sendRaw(ann, path, Buffer.alloc(22_000_000, ' '), 'text/plain'), 413],
  ] as const;
  for (const [answer, status] of refusals) expect(answer).toMatchObject({ status, body: { ok: false } });
  expect((await ann.call('GET', '/api/rooms')).body.rooms).toEqual([]);
  expect((await ann.call('GET', '/api/bots')).body.bots).toEqual([]);
  expect((await sendRaw(new Person(app.url), path, Buffer.from(chat), 'text/plain')).status).toBe(401);
});

test('[CC10] [FK4] 5,000 messages with two versions each are one room', async () => {
  const ann = await signUp(app.url, 'Ann');
  const line = (n: number) =>
    JSON.stringify({ name: 'Ada', mes: `a ${n}`, swipes: [`a ${n}`, `b ${n}`], swipe_id: 0 });
  const data = Array.from({ length: 5_000 }, (_, n) => line(n)).join('\n');
  const made = await ann.call('POST', path, { data });
  expect(made.status).toBe(201);
  const out = await exported(ann, made.body.room.id, 'sillytavern');
  expect(linesIn(out.text).slice(1)).toEqual(linesIn(data));

  // As many can be forked, with all that the file said, and not one more.
  const forked = await ann.command(made.body.room.id, 'room.fork', {});
  const again = await exported(ann, forked.body.room.id, 'sillytavern');
  expect(linesIn(again.text).slice(1)).toEqual(linesIn(data));
  await ann.command(forked.body.room.id, 'message.post', { text: 'One more' });
  expect((await ann.command(forked.body.room.id, 'room.fork', {})).status).toBe(413);
});
