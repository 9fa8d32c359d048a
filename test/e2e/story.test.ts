import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventData } from '../../src/domain/event.ts';
import { type Person, signUp } from '../support/client.ts';
import { startApp, type TestApp } from '../support/start-app.ts';
import { until } from '../support/until.ts';

let app: TestApp;
let mira: Person;
beforeAll(async () => {
  app = await startApp();
  mira = await signUp(app.url, 'Mira');
});
afterAll(() => app[Symbol.asyncDispose]());

type Event = { kind: string; data: EventData<'message.posted'> };

test('[MD7] [TP3] the first minutes of a new story: everybody stays in character, and both characters speak', async () => {
  const made = await mira.call('POST', '/api/rooms', { title: 'A night', template: 'story' });
  const roomId = made.body.room.id as string;
  const events = async () =>
    (await mira.call('GET', `/api/rooms/${roomId}/events?limit=1000`)).body.events as Event[];
  const posts = [
    'I take off my coat. Who knocks on a night like this?',
    'I am a letter carrier, and I have a letter for this house.',
    'I go to the shutter and look through the gap.',
    'Corvin, what are you drawing?',
    'Where are we, exactly?',
    'I open the seaward door',
    '“Come in,” I say, and hold out the fourth cup.',
    'Maren, why are there two doors?',
    'yes',
    'I follow it down to the cellar with the lamp.',
  ];
  for (const text of posts) {
    await mira.command(roomId, 'message.post', { text });
    await until('the turn to end', async () => {
      const kinds = (await events()).map(({ kind }) => kind);
      const count = (wanted: string) => kinds.filter((kind) => kind === wanted).length;
      return count('turn.ended') === count('turn.queued');
    });
  }
  const said = (await events()).filter(({ kind }) => kind === 'message.posted').map(({ data }) => data);
  const byBots = said.filter(({ author }) => author.type === 'bot');
  expect(byBots.length).toBeGreaterThan(posts.length);
  const interjectors = byBots.filter(({ interjectionOf }) => interjectionOf !== undefined);
  expect(interjectors.length).toBeLessThan(posts.length);
  expect(new Set(byBots.map(({ author }) => author.name))).toEqual(new Set(['Maren', 'Corvin']));
  expect(new Set(said.map(({ scene }) => scene)).size).toBe(1);

  const sentences = byBots.flatMap(({ text }) => text.split(/(?<=[.!?][*”]?)\s+/));
  const long = sentences.filter((sentence) => sentence.split(' ').length > 3);
  expect(long.filter((sentence, index) => long.indexOf(sentence) !== index)).toEqual([]);
  const all = byBots.map(({ text }) => text).join('\n');
  expect(all).not.toMatch(/demo model|Glad you dropped by|\{\w+\}/);
  expect(all).toMatch(/Tidehouse/);
  expect(all).toContain('*You open the seaward door.');
});
