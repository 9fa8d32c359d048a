import { describe, expect, test } from 'vitest';
import { limits } from '../../../src/domain/limits.ts';
import { ada, bob, refusalOf, testRoom } from '../../support/test-room.ts';

const cleo = { botId: 'cleo', name: 'Cleo' };
const rolesOf = (room: ReturnType<typeof testRoom>) =>
  Object.fromEntries(room.state.bots.map((bot) => [bot.botId, bot.role]));

describe('[CM8] bringing a bot in', () => {
  test('the first is the host, whatever is asked; later ones are guests', () => {
    const room = testRoom({ bots: [] });
    room.act('mod', 'bot.add', { ...ada, role: 'guest' });
    room.act('mod', 'bot.add', bob);
    expect(rolesOf(room)).toEqual({ ada: 'host', bob: 'guest' });
  });

  test('a new host makes the old one a guest, in one append', () => {
    const room = testRoom();
    expect(room.act('mod', 'bot.add', { ...bob, role: 'host' }).events).toHaveLength(2);
    expect(rolesOf(room)).toEqual({ ada: 'guest', bob: 'host' });
    room.act('mod', 'bot.add', { ...ada, role: 'host' });
    expect(rolesOf(room)).toEqual({ ada: 'host', bob: 'guest' });
  });

  test.each([
    ['the host again', ada],
    ['the host as host', { ...ada, role: 'host' }],
    ['the host as a guest', { ...ada, role: 'guest' }],
    ['a guest again', bob],
  ])('%s is a conflict and changes nothing', (_, args) => {
    const room = testRoom({ bots: [ada, bob] });
    expect(refusalOf(() => room.act('mod', 'bot.add', args))).toBe('conflict');
    expect(rolesOf(room)).toEqual({ ada: 'host', bob: 'guest' });
  });

  test(`a room holds ${limits.bots}`, () => {
    const bots = Array.from({ length: limits.bots }, (_, n) => ({ botId: `bot${n}`, name: `Bot ${n}` }));
    const room = testRoom({ bots });
    expect(refusalOf(() => room.act('mod', 'bot.add', cleo))).toBe('conflict');
    room.act('mod', 'bot.add', { botId: 'bot3', name: 'Bot 3', role: 'host' });
    expect(rolesOf(room)).toMatchObject({ bot0: 'guest', bot3: 'host' });
  });
});

describe('[CM9] sending a bot away', () => {
  test('the host is followed by the bot that has been there longest', () => {
    const room = testRoom({ bots: [ada, bob, cleo] });
    room.act('mod', 'bot.remove', { botId: 'ada' });
    expect(rolesOf(room)).toEqual({ bob: 'host', cleo: 'guest' });
  });

  test('a guest goes alone, and the last one leaves no host', () => {
    const room = testRoom({ bots: [ada, bob] });
    expect(room.act('mod', 'bot.remove', { botId: 'bob' }).events).toHaveLength(1);
    expect(room.act('mod', 'bot.remove', { botId: 'ada' }).events).toHaveLength(1);
    expect(room.state.bots).toEqual([]);
  });

  test('one that is not there is not found', () => {
    expect(refusalOf(() => testRoom().act('mod', 'bot.remove', { botId: 'bob' }))).toBe('not_found');
  });
});

describe('[CM21] resetting a bot', () => {
  test('it remembers nothing, nobody feels anything about it, and it stays', () => {
    const room = testRoom({ bots: [ada, bob] });
    const actor = { type: 'system' as const, id: 'kibitz' };
    const place = { seq: 1, slot: 'm1' };
    const memory = { text: 'a word', significance: 5, place };
    const feeling = {
      delta: { affinity: 1, trust: 1, knowledge: [] },
      after: { affinity: 51, trust: 51, knowledge: [], summary: '' },
    };
    room.append([
      { kind: 'memory.written', actor, cause: 'm1', data: { ...memory, memoryId: 'a', witnessId: 'ada' } },
      { kind: 'memory.written', actor, cause: 'm1', data: { ...memory, memoryId: 'b', witnessId: 'bob' } },
      { kind: 'edge.updated', actor, cause: 'm1', data: { ...feeling, from: 'pat', to: 'ada' } },
      { kind: 'edge.updated', actor, cause: 'm1', data: { ...feeling, from: 'bob', to: 'pat' } },
    ]);
    const [reset] = room.act('mod', 'bot.reset', { botId: 'ada' }).events;
    expect(reset).toMatchObject({ kind: 'bot.reset', data: { ...ada, role: 'host' } });
    expect(room.state.memories.map(({ witnessId }) => witnessId)).toEqual(['bob']);
    expect(room.state.edges.map(({ from, to }) => [from, to])).toEqual([['bob', 'pat']]);
    expect(room.state.bots).toMatchObject([{ botId: 'ada', since: reset?.seq }, { botId: 'bob' }]);
  });

  test('one with nothing to forget is left as it is; while a turn is open there may be something', () => {
    const room = testRoom();
    expect(room.act('mod', 'bot.reset', { botId: 'ada' })).toMatchObject({
      events: [],
      result: { botId: 'ada' },
    });
    const place = { seq: 1, slot: 'm1' };
    const data = { memoryId: 'a', witnessId: 'ada', text: 'a word', significance: 5, place };
    const actor = { type: 'bot' as const, id: 'ada' };
    // What has been withdrawn may come back.
    room.append([
      { kind: 'memory.written', actor, cause: 'm1', data },
      { kind: 'memory.withdrawn', actor, cause: 'm1', data },
    ]);
    expect(room.act('mod', 'bot.reset', { botId: 'ada' }).events).toHaveLength(1);
    expect(room.act('mod', 'bot.reset', { botId: 'ada' }).events).toEqual([]);
    const { turnId = '' } = room.post('pat', 'Ada?');
    expect(room.act('mod', 'bot.reset', { botId: 'ada' }).events).toHaveLength(1);
    room.answer(turnId, 'Yes.');
    expect(room.act('mod', 'bot.reset', { botId: 'ada' }).events).toEqual([]);
  });

  test('one that is not there is not found', () => {
    expect(refusalOf(() => testRoom().act('mod', 'bot.reset', { botId: 'bob' }))).toBe('not_found');
  });
});
