import { describe, expect, test } from 'vitest';
import type { GrantableRole } from '../../../src/domain/roles.ts';
import { findMember } from '../../../src/domain/room-state.ts';
import { refusalOf, TestRoom, testRoom, timeOf } from '../../support/test-room.ts';

describe('coming in', () => {
  const roleAfter = (who: string, role: GrantableRole) => {
    const room = testRoom();
    room.join(who, role);
    return findMember(room.state, who)?.role;
  };

  test('[CM3] an invite lets in with its role, and raises but never lowers one', () => {
    expect(roleAfter('new', 'spectator')).toBe('spectator');
    expect(roleAfter('sam', 'participant')).toBe('participant');
    expect(roleAfter('pat', 'moderator')).toBe('moderator');
    expect(roleAfter('pat', 'spectator')).toBe('participant');
    expect(roleAfter('own', 'moderator')).toBe('owner');
  });

  test('[CM3] an invite that changes nothing writes nothing and tells the role one has', () => {
    const room = testRoom();
    const args = { name: 'mod', role: 'spectator', invitedAt: timeOf(99) };
    expect(room.act('mod', 'member.join', args)).toEqual({ events: [], result: { role: 'moderator' } });
  });

  test('[CM3] nobody comes into a room that is not there', () => {
    expect(refusalOf(() => new TestRoom().join('pat', 'participant'))).toBe('not_found');
  });

  test('[CM4] one who was removed needs an invite made since', () => {
    const room = testRoom();
    const before = timeOf(room.state.seq);
    room.act('mod', 'member.remove', { userId: 'pat' });
    expect(refusalOf(() => room.join('pat', 'participant', before))).toBe('forbidden');
    room.join('pat', 'spectator', timeOf(room.state.seq + 1));
    expect(findMember(room.state, 'pat')?.role).toBe('spectator');
  });

  test('[CM4] one who left comes back by any invite', () => {
    const room = testRoom();
    room.act('pat', 'member.remove', { userId: 'pat' });
    room.join('pat', 'participant', timeOf(0));
    expect(findMember(room.state, 'pat')?.role).toBe('participant');
  });
});

describe('[CM5] changing a role', () => {
  test('writes the new role, once', () => {
    const room = testRoom();
    const args = { userId: 'pat', role: 'moderator' };
    expect(room.act('mod', 'member.setRole', args).events).toMatchObject([
      { kind: 'member.changed', data: { userId: 'pat', name: 'pat', role: 'moderator' } },
    ]);
    expect(room.act('mod', 'member.setRole', args)).toEqual({ events: [], result: { role: 'moderator' } });
  });

  test('of the owner or to owner is refused, of nobody is not found', () => {
    const room = testRoom();
    const setRole = (userId: string, role: string) => () =>
      room.act('mod', 'member.setRole', { userId, role });
    expect(refusalOf(setRole('own', 'spectator'))).toBe('forbidden');
    expect(refusalOf(setRole('out', 'spectator'))).toBe('not_found');
    expect(setRole('pat', 'owner')).toThrow();
    expect(refusalOf(() => room.act('own', 'member.setRole', { userId: 'own', role: 'spectator' }))).toBe(
      'forbidden',
    );
  });
});

describe('[CM4] ending a membership', () => {
  test('anybody may leave, also a spectator, but not the owner', () => {
    const room = testRoom();
    const { events } = room.act('sam', 'member.remove', { userId: 'sam' });
    expect(events).toMatchObject([{ kind: 'member.left', data: { userId: 'sam', reason: 'left' } }]);
    expect(findMember(room.state, 'sam')).toBeUndefined();
    expect(refusalOf(() => room.act('own', 'member.remove', { userId: 'own' }))).toBe('conflict');
  });

  test('a moderator removes others, but not the owner', () => {
    const room = testRoom();
    const { events } = room.act('mod', 'member.remove', { userId: 'pat' });
    expect(events).toMatchObject([{ kind: 'member.left', data: { userId: 'pat', reason: 'removed' } }]);
    expect(refusalOf(() => room.act('mod', 'member.remove', { userId: 'own' }))).toBe('forbidden');
    expect(refusalOf(() => room.act('mod', 'member.remove', { userId: 'out' }))).toBe('not_found');
    expect(refusalOf(() => room.post('pat', 'still here?'))).toBe('not_found');
  });

  test('who may not remove learns nothing about who is there', () => {
    expect(refusalOf(() => testRoom().act('pat', 'member.remove', { userId: 'out' }))).toBe('forbidden');
  });
});
