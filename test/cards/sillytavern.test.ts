import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkSize } from '../../src/cards/chat.ts';
import { readSillyTavern } from '../../src/cards/read-sillytavern.ts';
import { readSendDate } from '../../src/cards/send-date.ts';
import { fixture } from '../support/fixtures.ts';
import { exported, imported, importer, roomOf, textOf } from '../support/import-chat.ts';
import { refusalOf, type TestRoom } from '../support/test-room.ts';

const linesOf = (path: string) =>
  fixture(`sillytavern/${path}`)
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const read = (lines: readonly unknown[]) => readSillyTavern(textOf(lines), importer);
const said = ({ state }: TestRoom) =>
  state.messages.map(({ author, text }) => `${author.type} ${author.name}: ${text}`);

describe('a SillyTavern chat becomes a room', () => {
  test('[CC10] with its messages, their times and their versions', () => {
    const room = imported(linesOf('swipes.jsonl'));
    expect(room.state.room.title).toBe('Hob Underhill');
    expect(said(room)).toEqual([
      'bot Hob Underhill: *He hands you a wrench.*',
      'user Wren: Which row is Oriel’s?\n\nThe third?',
      'bot Hob Underhill: Second try.',
      'user Wren: ',
      'user Note: The wind drops.',
      'bot Hob Underhill: One swipe only.',
    ]);
    const [first, asked, second] = room.state.messages;
    expect(first).toMatchObject({ at: '2024-03-09T18:22:00.000Z', version: 2 });
    expect(first?.versions.map(({ text }) => text).sort()).toEqual(['"Mind the roots."', 'The gate sings.']);
    expect(second).toMatchObject({ model: 'demo-large', cause: asked?.messageId, edited: false });
    expect(room.state.seq).toBe(room.log.length);
  });

  test('[CC10] whose earlier versions can be shown again', () => {
    const room = imported(linesOf('swipes.jsonl'));
    const version = room.state.messages[0]?.versions.find(({ text }) => text === 'The gate sings.');
    room.act(importer.id, 'reply.select', { messageId: version?.messageId });
    expect(room.state.messages[0]?.text).toBe('The gate sings.');
    expect(exported(room)[1]).toMatchObject({
      ...linesOf('swipes.jsonl')[1],
      mes: 'The gate sings.',
      swipe_id: 2,
      send_date: 'March 9, 2024 6:23pm',
    });
  });

  test('[CC12] of several characters; who only narrates is a voice, not a bot', () => {
    expect(read(linesOf('group.jsonl'))).toMatchObject({
      title: 'Doctor Quill',
      me: 'Wren',
      bots: [{ name: 'Doctor Quill' }, { name: 'Hob Underhill' }],
    });
    expect(read(linesOf('swipes.jsonl')).bots).toEqual([{ botId: 'Hob Underhill', name: 'Hob Underhill' }]);
  });

  test('[CC12] the importer is who the header names, else who has their name, else the only person', () => {
    const by = (name: string) => ({ name, is_user: true, mes: 'x' });
    expect(read([{ user_name: 'Ann' }, by('Ann'), by('Wren')]).me).toBe('Ann');
    expect(read([{ user_name: 'unused' }, by('Ann'), by('Wren')]).me).toBe('Wren');
    expect(read([{}, by('Ann')]).me).toBe('Ann');
    expect(read([{}, by('Ann'), by('Bob')]).me).toBeUndefined();
  });
});

describe('what was imported is exported as it came in', () => {
  test.each(['swipes.jsonl', 'group.jsonl'])('[CC11] %s', (path) => {
    expect(exported(imported(linesOf(path)))).toEqual(linesOf(path));
  });

  test('[CC11] any swipes, any of them chosen, and anything unknown beside them', () => {
    const text = fc.string({ maxLength: 20 });
    const rest = fc
      .dictionary(fc.oneof(text, fc.constant('__proto__')), fc.jsonValue({ maxDepth: 3 }))
      .map(({ swipes: _swipes, swipe_id: _id, mes: _mes, name: _name, is_user: _user, ...others }) => others);
    const swiped = fc
      .record({
        swipes: fc.array(text, { minLength: 1, maxLength: 6 }),
        pick: fc.nat(99),
        infos: fc.boolean(),
        rest,
      })
      .map(({ swipes, pick, infos, rest: others }) => {
        const swipe_id = pick % swipes.length;
        const info = swipes.map((_, index) => ({ send_date: index, extra: others }));
        return { swipes, swipe_id, mes: swipes[swipe_id], ...(infos ? { swipe_info: info } : {}) };
      });
    const line = fc
      .record({
        name: fc.string({ maxLength: 70 }),
        is_user: fc.boolean(),
        said: fc.oneof(
          text.map((mes) => ({ mes })),
          swiped,
        ),
        rest,
      })
      .map(({ name, is_user, said: words, rest: others }) => ({ ...others, name, is_user, ...words }));
    fc.assert(
      fc.property(rest, fc.array(line, { maxLength: 12 }), (header, lines) => {
        const given = JSON.parse(JSON.stringify([{ ...header, user_name: 'Wren' }, ...lines]));
        expect(exported(imported(given))).toEqual(given);
      }),
      { numRuns: 300 },
    );
  });

  test('[CC11] a room of Kibitz goes to SillyTavern and comes back as it was', () => {
    const room = imported([{ user_name: 'Wren' }, { name: 'Ada', is_user: false, mes: 'Hi.' }]);
    const { turnId } = room.post(importer.id, 'Ada, how are you?');
    room.answer(turnId ?? '', 'Fine.', 'Ada');
    const once = exported(room);
    expect(once.at(-1)).toMatchObject({
      name: 'Ada',
      is_user: false,
      mes: 'Fine.',
      swipes: ['Fine.'],
      swipe_id: 0,
    });
    expect(exported(roomOf(read(once)))).toEqual(once);
  });

  test('[CC11] a message written anew here has its new version as a swipe', () => {
    const room = imported(linesOf('group.jsonl'));
    const reply = room.state.messages.find(({ text }) => text === 'Then I go.');
    const { result } = room.act(importer.id, 'reply.regenerate', { messageId: reply?.messageId });
    room.answer(result.turnId, 'After you.', 'Hob Underhill');
    const [line] = exported(room).filter((value) => (value as { mes: string }).mes === 'After you.');
    expect(line).toMatchObject({
      swipes: ['Then I go.', 'After you.'],
      swipe_id: 1,
      original_avatar: 'hob.png',
    });
  });
});

describe('what is no chat is refused', () => {
  test.each<[string, string]>([
    ['', 'line 1'],
    ['words', 'line 1 is not JSON'],
    ['[]', 'line 1 is not an object'],
    ['{"user_name":"x"}\n\n{"name":"x"}', 'line 3 has no text'],
    ['{}\n{"mes":5}', 'line 2 has no text'],
    ['{}\n{"mes":"x"}\n{', 'line 3 is not JSON'],
  ])('[CC2] %j', (text, message) => {
    expect(() => readSillyTavern(text, importer)).toThrow(message);
    expect(refusalOf(() => readSillyTavern(text, importer))).toBe('invalid');
  });

  test('[CC10] past 5,000 messages, 10,000 versions, 16 characters or the length of a message', () => {
    const many = (count: number, line: object) => () =>
      checkSize(read([{}, ...Array.from({ length: count }, () => line)]));
    expect(many(5_000, { mes: 'x' })).not.toThrow();
    expect(refusalOf(many(5_001, { mes: 'x' }))).toBe('too_large');
    const swipes = Array.from({ length: 11 }, () => 'x');
    expect(refusalOf(many(1_000, { mes: 'x', swipes, swipe_id: 0 }))).toBe('too_large');
    expect(refusalOf(many(1, { mes: 'x'.repeat(32_001) }))).toBe('too_large');
    const crowd = Array.from({ length: 17 }, (_, index) => ({ name: `bot ${index}`, mes: 'x' }));
    expect(refusalOf(() => checkSize(read(crowd)))).toBe('too_large');
  });

  test('[CC2] any lines are a chat or refused', () => {
    const line = fc.oneof(
      fc.json(),
      fc
        .record({
          mes: fc.string(),
          name: fc.jsonValue(),
          swipes: fc.jsonValue(),
          swipe_id: fc.jsonValue(),
          swipe_info: fc.jsonValue(),
          extra: fc.jsonValue(),
          send_date: fc.jsonValue(),
          is_user: fc.jsonValue(),
        })
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        try {
          const chat = readSillyTavern(lines.join('\n'), importer);
          if (chat.bots.length <= 16) roomOf(chat);
        } catch (reason) {
          expect(reason).toMatchObject({ name: 'KibitzError', code: 'invalid' });
        }
      }),
      { numRuns: 300 },
    );
  });
});

test.each([
  ['June 19, 2023 2:20pm', '2023-06-19T14:20:00.000Z'],
  ['June 9, 2023 12:05am', '2023-06-09T00:05:00.000Z'],
  ['2023-6-19 @14h 20m 30s 123ms', '2023-06-19T14:20:30.123Z'],
  ['2023-06-19@14h20m30s', '2023-06-19T14:20:30.000Z'],
  ['2024-03-09T18:24:40.000Z', '2024-03-09T18:24:40.000Z'],
  [1710008940000, '2024-03-09T18:29:00.000Z'],
  ['1710008940000', '2024-03-09T18:29:00.000Z'],
  ['Smarch 9, 2023 2:20pm', undefined],
  ['long ago', undefined],
  [1e99, undefined],
  [-1, undefined],
  [null, undefined],
  [undefined, undefined],
])('[CC10] the date %j is read', (value, expected) => {
  expect(readSendDate(value)).toBe(expected);
});
