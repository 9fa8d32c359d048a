import { describe, expect, test } from 'vitest';
import { addresseeOf } from '../../src/domain/addressee.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { ada, bob, type TestRoom, testRoom } from '../support/test-room.ts';

const annLee = { botId: 'annlee', name: 'Ann Lee' };
const ann = { botId: 'ann', name: 'Ann' };
const odd = { botId: 'odd', name: 'C++ (v2.0)' };

function who(room: TestRoom, text: string, replyTo?: string) {
  const { botId, by } = addresseeOf({ text, ...(replyTo === undefined ? {} : { replyTo }) }, room.state);
  return { botId, by };
}

const replying = (reply: Settings['reply']) => ({ settings: { reply } });

describe('who a message is for', () => {
  test('[AD1] nobody, where there is no bot', () => {
    expect(who(testRoom({ bots: [] }), '@Ada hello')).toEqual({ botId: null, by: 'fallback' });
  });

  test.each(['auto', 'always'] as const)('[AD2] the only bot (%s)', (reply) => {
    expect(who(testRoom(replying(reply)), 'hello')).toEqual({ botId: 'ada', by: 'only' });
  });

  test('[AD2] nobody unless named, in a room that wants it so', () => {
    const room = testRoom(replying('mention'));
    expect(who(room, 'hello Ada')).toEqual({ botId: null, by: 'fallback' });
    expect(who(room, 'hello @Ada')).toEqual({ botId: 'ada', by: 'mention' });
  });

  test('[AD3] the bot whose message is replied to, before any name', () => {
    const room = testRoom({ bots: [ada, bob] });
    const { turnId = '' } = room.post('pat', '@Bob hello');
    const reply = room.answer(turnId, 'hi', 'bob');
    expect(who(room, '@Ada what does he mean?', reply)).toEqual({ botId: 'bob', by: 'reply' });
  });

  test('[AD3] also when that message has been written anew since', () => {
    const room = testRoom({ bots: [ada, bob] });
    const { turnId = '' } = room.post('pat', '@Bob hello');
    const old = room.answer(turnId, 'hi', 'bob');
    room.answer(room.act('pat', 'reply.regenerate', { messageId: old }).result.turnId, 'hey', 'bob');
    expect(who(room, 'why?', old)).toEqual({ botId: 'bob', by: 'reply' });
  });

  test('[AD3] a reply to a person names no bot', () => {
    const room = testRoom({ bots: [ada, bob] });
    const { messageId } = room.post('pat', 'hello');
    expect(who(room, 'indeed', messageId)).toEqual({ botId: 'ada', by: 'fallback' });
  });

  test.each([
    ['@Bob hello', 'bob'],
    ['well, @bob?', 'bob'],
    ['(@BOB)', 'bob'],
    ['Bob: hello', 'bob'],
    ['  bob , hello', 'bob'],
    ['@Ann Lee, hello', 'annlee'],
    ['Ann Lee: hello', 'annlee'],
    ['@Ann: Lee?', 'ann'],
    ['ask @C++ (v2.0)!', 'odd'],
  ])('[AD4] %j calls on %s', (text, botId) => {
    const room = testRoom({ bots: [ada, ann, annLee, bob, odd] });
    expect(who(room, text)).toEqual({ botId, by: 'mention' });
  });

  test.each(['write to x@bob.example', '@Bobby hello', 'thanks Bob: fine', 'Bob is late', '@@Bob'])(
    '[AD4] %j calls on nobody',
    (text) => {
      expect(who(testRoom({ bots: [ada, bob] }), text)).toEqual({ botId: 'ada', by: 'fallback' });
    },
  );

  test('[AD5] of several, the one called first in the text', () => {
    const room = testRoom({ bots: [ada, bob] });
    expect(who(room, '@Bob, tell @Ada')).toEqual({ botId: 'bob', by: 'mention' });
    expect(who(room, '@Ada, tell @Bob')).toEqual({ botId: 'ada', by: 'mention' });
  });

  test('[AD6] the host, when nothing tells', () => {
    const room = testRoom({ bots: [ada, bob] });
    expect(who(room, 'hello')).toEqual({ botId: 'ada', by: 'fallback' });
    room.act('own', 'bot.add', { ...bob, role: 'host' });
    expect(who(room, 'hello')).toEqual({ botId: 'bob', by: 'fallback' });
  });
});
