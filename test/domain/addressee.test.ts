import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addresseeOf } from '../../src/domain/addressee.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { ada, bob, type TestRoom, testRoom } from '../support/test-room.ts';

const annLee = { botId: 'annlee', name: 'Ann Lee' };
const ann = { botId: 'ann', name: 'Ann' };
const odd = { botId: 'odd', name: 'C++ (v2.0)' };

/** Where the ladder ends when it does not know: the host, for want of something better. */
const unsure = { botId: 'ada', by: 'fallback', isUnsure: true };
const alone = { members: { pat: 'participant' } } as const;

function verdict(room: TestRoom, text: string, replyTo?: string, id = 'pat') {
  const author = { type: 'user' as const, id, name: id };
  return addresseeOf({ author, text, ...(replyTo === undefined ? {} : { replyTo }) }, room.state);
}

function who(room: TestRoom, text: string, replyTo?: string, id?: string) {
  const { botId, by, isUnsure } = verdict(room, text, replyTo, id);
  return isUnsure ? { botId, by, isUnsure } : { botId, by };
}

const replying = (reply: Settings['reply']) => ({ settings: { reply } });

describe('who a message is for', () => {
  test('[AD1] nobody, where there is no bot', () => {
    expect(who(testRoom({ bots: [] }), '@Ada hello')).toEqual({ botId: null, by: 'fallback' });
  });

  test.each(['auto', 'always'] as const)('[AD2] the only bot (%s)', (reply) => {
    expect(who(testRoom(replying(reply)), 'hello')).toEqual({ botId: 'ada', by: 'only' });
  });

  test('[AD2] the only bot even of an author who is alone with it and names others', () => {
    const room = testRoom({ members: {} });
    expect(who(room, 'pia, hello', undefined, 'own')).toEqual({ botId: 'ada', by: 'only' });
  });

  test('[AD7] nobody unless named, in a room that wants it so', () => {
    const room = testRoom(replying('mention'));
    expect(who(room, 'hello, I say')).toEqual({ botId: null, by: 'fallback' });
    expect(who(room, 'hello @Ada')).toEqual({ botId: 'ada', by: 'mention' });
    expect(who(room, 'what do you say, Ada?')).toEqual({ botId: 'ada', by: 'name' });
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

  test.each([{ bots: [ada] }, { bots: [ada, bob] }])('[AD8] nobody, for a reply to a person', ({ bots }) => {
    const room = testRoom({ bots });
    const { messageId } = room.post('pia', 'hello');
    expect(who(room, 'indeed', messageId)).toEqual({ botId: null, by: 'reply' });
    expect(who(room, 'indeed, @Ada', messageId)).toEqual({ botId: 'ada', by: 'mention' });
  });

  test.each(['@pia look', 'pia: look', 'Pia, look', 'what do you think, pia?'])(
    '[AD8] nobody, when a person is called: %j',
    (text) => {
      expect(who(testRoom(), text).botId).toBeNull();
      expect(who(testRoom({ bots: [ada, bob] }), text).botId).toBeNull();
    },
  );

  test('[AD8] nobody, while two people answer each other', () => {
    for (const bots of [[ada], [ada, bob]]) {
      const room = testRoom({ bots });
      room.post('pia', 'pat: did you see the new build?');
      expect(who(room, 'yes, it looks good')).toEqual({ botId: null, by: 'partner' });
      expect(who(room, 'yes. What about you, Ada?').botId).toBe('ada');
    }
  });

  test('[AD9] somebody always answers, in a room that wants it so', () => {
    const room = testRoom({ ...replying('always'), bots: [ada, bob] });
    expect(who(room, 'pia: look')).toEqual({ botId: 'ada', by: 'fallback' });
    expect(who(testRoom(replying('always')), 'pia: look')).toEqual({ botId: 'ada', by: 'only' });
  });

  test.each([
    ['@Bob hello', 'bob', 'mention'],
    ['well, @bob?', 'bob', 'mention'],
    ['(@BOB)', 'bob', 'mention'],
    ['@Ann Lee, hello', 'annlee', 'mention'],
    ['@Ann: Lee?', 'ann', 'mention'],
    ['ask @C++ (v2.0)!', 'odd', 'mention'],
    ['Bob: hello', 'bob', 'name'],
    ['  bob , hello', 'bob', 'name'],
    ['Ann Lee: hello', 'annlee', 'name'],
    ['hey Bob what is up', 'bob', 'name'],
    ['ask Bob about the cheese', 'bob', 'name'],
    ['thanks Bob: fine', 'bob', 'name'],
    ['What would you do, Bob?', 'bob', 'name'],
    ['I agree, Bob.', 'bob', 'name'],
    ['ok, Bob, go on', 'bob', 'name'],
    ['Bob?', 'bob', 'name'],
  ])('[AD4] %j calls on %s', (text, botId, by) => {
    const room = testRoom({ bots: [ada, ann, annLee, bob, odd] });
    expect(who(room, text)).toEqual({ botId, by });
  });

  test('[AD4] a mistyped name at the start calls, too, less surely', () => {
    const room = testRoom({ bots: [ada, { botId: 'ferdinand', name: 'Ferdinand' }] });
    expect(verdict(room, 'ferdinad: hello')).toMatchObject({ botId: 'ferdinand', confidence: 'medium' });
    expect(who(room, 'note: hello')).toEqual(unsure);
  });

  const notCalls = [
    'write to x@bob.example',
    '@Bobby hello',
    'Bob is late',
    '@@Bob',
    'Bob walked into the tavern and sat down.',
    'Bob, tired of waiting, walked out.',
    'Bob, who was late, said nothing.',
    'Bob, Carl and Eve went home.',
    'The king looked at his old and trusted friend, Bob.',
    '*Bob shrugs and turns away*',
    'I think what Bob said was wrong',
    '“Come here, Bob!” she cried.',
    '> Bob: hello\nwell',
    '```\nBob: 1\n```',
    'Ada: hi there\nBob: hello to you',
  ];
  test.each(notCalls)('[AD10] %j calls on nobody', (text) => {
    expect(who(testRoom({ bots: [ada, bob], ...alone }), text)).toEqual(unsure);
  });

  test('[AD5] of several, the one called first in the text', () => {
    const room = testRoom({ bots: [ada, bob] });
    expect(who(room, '@Bob, tell @Ada')).toEqual({ botId: 'bob', by: 'mention' });
    expect(who(room, '@Ada, tell @Bob')).toEqual({ botId: 'ada', by: 'mention' });
  });

  test('[AD11] the bot the author was talking to', () => {
    const room = testRoom({ bots: [ada, bob] });
    room.answer(room.post('pat', '@Bob what is cheese?').turnId ?? '', 'It is made of milk.', 'bob');
    expect(who(room, 'and how is it made of milk?')).toEqual({ botId: 'bob', by: 'partner' });
    expect(who(room, 'Does anyone here like tea?', undefined, 'pia')).toEqual(unsure);
  });

  test('[AD6] unsure, and else the host, when nothing tells', () => {
    const room = testRoom({ bots: [ada, bob] });
    expect(who(room, 'hello')).toEqual(unsure);
    room.act('own', 'bot.add', { ...bob, role: 'host' });
    expect(who(room, 'hello')).toEqual({ ...unsure, botId: 'bob' });
  });

  test('[AD6] messages that do not tell share a turn with each other, and with no other', () => {
    const room = testRoom({ bots: [ada, bob] });
    const first = room.post('pat', 'hello');
    expect(room.post('pia', 'good day').turnId).toBe(first.turnId);
    expect(room.post('pia', '@Ada look').turnId).not.toBe(first.turnId);
    expect(room.post('mod', 'pat, look').turnId).toBeUndefined();
  });
});

describe('whatever is said', () => {
  const pieces = [
    'Ada',
    '@Bob',
    'pia',
    'pat',
    ':',
    ', ',
    '? ',
    ' you ',
    ' ok ',
    ' is ',
    '\n',
    '@',
    ' hello ',
  ];
  const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 6 })), { maxLength: 8 });
  const post = fc.record({
    by: fc.constantFrom('pat', 'pia', 'mod'),
    text: text.map((parts) => parts.join('')),
  });
  const reply = fc.constantFrom<Settings['reply']>('auto', 'always', 'mention');

  test('[AD12] it is for a bot of the room or nobody, the same each time, and always has a reason', () => {
    fc.assert(
      fc.property(fc.array(post, { minLength: 1, maxLength: 8 }), reply, (posts, setting) => {
        const room = testRoom({ ...replying(setting), bots: [ada, bob] });
        for (const { by, text: said } of posts) {
          const found = verdict(room, said, undefined, by);
          expect([null, 'ada', 'bob']).toContain(found.botId);
          if (setting === 'always') expect(found.botId).not.toBeNull();
          expect(found.reason).not.toBe('');
          expect(verdict(structuredClone({ state: room.state }) as TestRoom, said, undefined, by)).toEqual(
            found,
          );
          if (said.trim() === '' || !/[\p{L}\p{N}]/u.test(said)) continue;
          const { turnId } = room.post(by, said);
          if (turnId !== undefined && room.state.turns.length > 1) room.answer(turnId, 'yes', 'bob');
        }
      }),
    );
  });
});
