import { expect, test } from 'vitest';
import { limits } from '../../src/domain/limits.ts';
import { ada, bob, TestRoom, testRoom } from '../support/test-room.ts';

const greeting = 'Welcome, {{user}}. I am <BOT>.';
const opening = { title: 'A room', template: 'blank', settings: {}, ownerName: 'Olga' };
const texts = (room: TestRoom) => room.state.messages.map(({ text }) => text);

test('[GR1] bots of a new room greet who made it, in the scene it begins with', () => {
  const room = new TestRoom();
  const scene = { title: 'Landing', place: 'the harbour', clock: 'dusk' };
  const { events } = room.act('own', 'room.create', {
    ...opening,
    bots: [{ ...ada, greeting }, bob, { botId: 'cleo', name: 'Cleo', greeting: ' \u200b ' }],
    scene,
  });
  expect(events.map(({ kind }) => kind)).toEqual([
    'room.created',
    'member.joined',
    'bot.joined',
    'bot.joined',
    'bot.joined',
    'scene.opened',
    'message.posted',
  ]);
  expect(room.state.scene).toMatchObject(scene);
  expect(room.state.messages).toEqual([
    {
      messageId: expect.any(String),
      author: { type: 'bot', id: 'ada', name: 'Ada' },
      text: 'Welcome, Olga. I am Ada.',
      version: 1,
      scene: room.state.scene?.sceneId,
      seq: 7,
      at: expect.any(String),
      edited: false,
      versions: [],
    },
  ]);
  expect(room.state.turns).toEqual([]);
  expect(JSON.stringify(room.state.bots)).not.toContain('Welcome');
});

test('[GR1] a bot that is brought in greets who brought it, as often as it comes', () => {
  const room = testRoom({ bots: [] });
  room.act('mod', 'bot.add', { ...ada, greeting });
  expect(texts(room)).toEqual(['Welcome, mod. I am Ada.']);
  expect(room.log.at(-1)).toMatchObject({ kind: 'message.posted', actor: { type: 'bot', id: 'ada' } });
  expect(room.log.at(-1)).not.toHaveProperty('cause');
  room.act('own', 'bot.remove', { botId: 'ada' });
  room.act('own', 'bot.add', { ...ada, greeting });
  expect(texts(room).at(-1)).toBe('Welcome, own. I am Ada.');
});

test('[GR1] a greeting that its names make too long is cut to the length of a message', () => {
  const room = testRoom({ bots: [] });
  const name = 'x'.repeat(limits.name);
  room.act('own', 'bot.add', { botId: 'x', name, greeting: '{{char}} '.repeat(limits.greeting / 9) });
  expect(texts(room)[0]?.length).toBe(limits.messageText);
});

test('[GR2] who is there already greets nobody, whatever becomes of them', () => {
  const room = testRoom({ bots: [ada] });
  room.act('mod', 'bot.add', { ...bob, greeting, role: 'host' });
  room.act('mod', 'bot.add', { ...ada, greeting, role: 'host' });
  room.act('mod', 'bot.remove', { botId: 'ada' });
  expect(room.state.bots).toMatchObject([{ botId: 'bob', role: 'host' }]);
  expect(texts(room)).toEqual(['Welcome, mod. I am Bob.']);
});
