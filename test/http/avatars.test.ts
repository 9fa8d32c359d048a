import { afterAll, beforeAll, expect, test } from 'vitest';
import { readChunks } from '../../src/cards/png-chunks.ts';
import { invite, makeRoomWithBot, type Person, signUp } from '../support/client.ts';
import { fixture } from '../support/fixtures.ts';
import { startApp, type TestApp } from '../support/start-app.ts';
import { sendRaw } from '../support/uploads.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app[Symbol.asyncDispose]());

function look(person: Person, roomId: string, botId: string): Promise<Response> {
  return fetch(`${app.url}/api/rooms/${roomId}/bots/${botId}/avatar`, { headers: { cookie: person.cookie } });
}

test('[CC5] everybody in a room is shown what its bots look like, whosever they are', async () => {
  const ann = await signUp(app.url, 'Ann');
  const { roomId, botId: plain } = await makeRoomWithBot(ann);
  const { bot } = (await sendRaw(ann, '/api/bots/import', fixture('cards/v3.png'), 'image/png')).body;
  await ann.command(roomId, 'bot.add', { botId: bot.id });
  const eve = await invite(ann, roomId, 'spectator', 'Eve');
  const shown = await look(eve, roomId, bot.id);
  expect(shown.status).toBe(200);
  expect(shown.headers.get('content-type')).toBe('image/png');
  expect(shown.headers.get('cache-control')).toBe('private, max-age=300');
  const bytes = Buffer.from(await shown.arrayBuffer());
  expect(`data:image/png;base64,${bytes.toString('base64')}`).toBe(bot.avatar);
  expect(readChunks(bytes).map(({ type }) => type)).not.toContain('tEXt');
  expect((await look(eve, roomId, plain)).status).toBe(204);
});

test('[CC5] and nobody else is, nor of bots that are not in it', async () => {
  const ann = await signUp(app.url, 'Ann');
  const { roomId, botId } = await makeRoomWithBot(ann);
  const { roomId: other } = await makeRoomWithBot(ann);
  const eve = await signUp(app.url, 'Eve');
  expect((await look(eve, roomId, botId)).status).toBe(404);
  expect((await look(ann, other, botId)).status).toBe(404);
  expect((await look(ann, 'nowhere', botId)).status).toBe(404);
  expect((await fetch(`${app.url}/api/rooms/${roomId}/bots/${botId}/avatar`)).status).toBe(401);
});
