import { describe, expect, test } from 'vitest';
import type { CommandName } from '../../src/domain/decide.ts';
import { mayManage } from '../../src/domain/permissions.ts';
import { type Role, roles } from '../../src/domain/roles.ts';
import { roomCommandNames } from '../../src/protocol/room-commands.ts';
import { refusalOf, type TestRoom, testRoom } from '../support/test-room.ts';

const who: Record<Role, string> = { owner: 'own', moderator: 'mod', participant: 'pat', spectator: 'sam' };

/** For each command of the wire: arguments that work for the owner, and the least role that may. */
const cases: Record<string, { least: Role; args: (room: TestRoom) => object }> = {
  'message.post': { least: 'participant', args: () => ({ text: 'hello' }) },
  'message.edit': {
    least: 'owner',
    args: (room) => ({ messageId: room.post('pia', 'x').messageId, text: 'y' }),
  },
  'reply.regenerate': {
    least: 'participant',
    args: (room) => ({ messageId: room.answer(room.post('pia', 'x').turnId ?? '', 'y') }),
  },
  'message.remove': {
    least: 'moderator',
    args: (room) => ({ messageId: room.post('pia', 'x').messageId }),
  },
  'reply.select': {
    least: 'participant',
    args: (room) => {
      const messageId = room.answer(room.post('pia', 'x').turnId ?? '', 'y');
      room.answer(room.act('own', 'reply.regenerate', { messageId }).result.turnId, 'z');
      return { messageId };
    },
  },
  'history.rewind': {
    least: 'moderator',
    args: (room) => ({ messageId: [room.post('pia', 'x'), room.post('pia', 'y')][0]?.messageId }),
  },
  'history.undo': {
    least: 'moderator',
    args: (room) => {
      const { messageId } = room.post('pia', 'x');
      room.post('pia', 'y');
      room.act('own', 'history.rewind', { messageId });
      return {};
    },
  },
  'scene.open': { least: 'participant', args: () => ({ title: 'The harbour' }) },
  'scene.close': {
    least: 'participant',
    args: (room) => {
      room.act('pia', 'scene.open', { title: 'The harbour' });
      return {};
    },
  },
  'turn.stop': { least: 'participant', args: (room) => ({ turnId: room.post('pia', 'x').turnId }) },
  'room.update': { least: 'moderator', args: () => ({ title: 'Other' }) },
  'room.fork': { least: 'participant', args: () => ({}) },
  'bot.add': { least: 'moderator', args: () => ({ botId: 'bob', name: 'Bob' }) },
  'bot.remove': { least: 'moderator', args: () => ({ botId: 'ada' }) },
  'bot.reset': { least: 'moderator', args: () => ({ botId: 'ada' }) },
  'member.setRole': { least: 'moderator', args: () => ({ userId: 'pia', role: 'spectator' }) },
  'member.remove': { least: 'moderator', args: () => ({ userId: 'pia' }) },
  'fact.add': { least: 'participant', args: () => ({ text: 'It is cold.' }) },
  'fact.edit': {
    least: 'participant',
    args: (room) => ({ factId: factOf(room), text: 'It is warm.' }),
  },
  'fact.remove': { least: 'participant', args: (room) => ({ factId: factOf(room) }) },
  'fact.promote': {
    least: 'participant',
    args: (room) => {
      const taskId = taskOf(room);
      room.act('pia', 'task.answer', { taskId, answer: 'Yes.' });
      return { taskId, text: 'It was so.' };
    },
  },
  'fact.draft': {
    least: 'participant',
    args: () => ({ question: 'Is it cold?', answer: 'Yes.' }),
  },
  'task.add': { least: 'participant', args: () => ({ kind: 'question', text: 'Is it cold?' }) },
  'task.answer': { least: 'participant', args: (room) => ({ taskId: taskOf(room), answer: 'Yes.' }) },
  'task.dismiss': { least: 'participant', args: (room) => ({ taskId: taskOf(room) }) },
  'brief.apply': {
    least: 'participant',
    args: () => ({ operations: [{ op: 'add_section', heading: 'Problem', level: 2, blocks: [] }] }),
  },
  'brief.refresh': { least: 'participant', args: () => ({}) },
};

const factOf = (room: TestRoom) => room.act('pia', 'fact.add', { text: 'It is cold.' }).result.factId;
const taskOf = (room: TestRoom) =>
  room.act('pia', 'task.add', { kind: 'question', text: 'Is it cold?' }).result.taskId;

test('every command of the wire has a case here', () => {
  expect(Object.keys(cases).sort()).toEqual([...roomCommandNames].sort());
});

describe.each(Object.entries(cases))('%s', (name, { least, args }) => {
  const command = name as CommandName;

  test.each(roles)('[PM3] by a role from the least on: %s', (role) => {
    const room = testRoom();
    const input = args(room);
    const before = room.state;
    if (roles.indexOf(role) >= roles.indexOf(least)) {
      room.act(who[role], command, input);
    } else {
      expect(refusalOf(() => room.act(who[role], command, input))).toBe('forbidden');
      expect(room.state).toBe(before);
    }
  });

  test.each([
    ['a stranger', 'out'],
    ['a bot of the room', { type: 'bot' as const, id: 'ada' }],
    ['a bot with the id of a member', { type: 'bot' as const, id: 'own' }],
  ])('[PM1] the room is unknown to %s', (_, actor) => {
    const room = testRoom();
    const input = args(room);
    expect(refusalOf(() => room.act(actor, command, input))).toBe('not_found');
  });
});

test('[PM4] an author edits their own message, while they may write', () => {
  const room = testRoom({ bots: [] });
  const { messageId } = room.post('pat', 'one');
  room.act('pat', 'message.edit', { messageId, text: 'two' });
  room.act('own', 'member.setRole', { userId: 'pat', role: 'spectator' });
  expect(refusalOf(() => room.act('pat', 'message.edit', { messageId, text: 'three' }))).toBe('forbidden');
});

describe('[PM5] who may have a reply written anew', () => {
  const answered = (regenerate: 'anyone' | 'author' | 'moderators') => {
    const room = testRoom({ settings: { regenerate } });
    const messageId = room.answer(room.post('pat', 'x').turnId ?? '', 'y');
    return (name: string) => room.act(name, 'reply.regenerate', { messageId });
  };

  test.each(['pat', 'pia', 'mod', 'own'])('anyone: %s', (name) => {
    expect(answered('anyone')(name).events).toHaveLength(1);
  });

  test('author: whoever asked, and the owner', () => {
    expect(answered('author')('pat').events).toHaveLength(1);
    expect(answered('author')('own').events).toHaveLength(1);
    expect(refusalOf(() => answered('author')('pia'))).toBe('forbidden');
    expect(refusalOf(() => answered('author')('mod'))).toBe('forbidden');
  });

  test('moderators, and the owner', () => {
    expect(answered('moderators')('mod').events).toHaveLength(1);
    expect(answered('moderators')('own').events).toHaveLength(1);
    expect(refusalOf(() => answered('moderators')('pat'))).toBe('forbidden');
  });
});

test('[PM6] nobody manages above their own role, nor the owner', () => {
  const manages = (role: Role, other: Role) =>
    mayManage({ userId: 'a', name: 'a', role, since: 1 }, { userId: 'b', name: 'b', role: other, since: 1 });
  const table = roles.map((role) => roles.filter((other) => manages(role, other)));
  expect(table).toEqual([
    [],
    [],
    ['spectator', 'participant', 'moderator'],
    ['spectator', 'participant', 'moderator'],
  ]);
});
