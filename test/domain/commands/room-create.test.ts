import { expect, test } from 'vitest';
import { ada, bob, refusalOf, TestRoom, testRoom } from '../../support/test-room.ts';

const args = { title: ' A story ', template: 'story', settings: { reply: 'mention' }, ownerName: 'Olga' };

test('[CM2] a new room has its owner, its settings with defaults, and the first bot as host', () => {
  const room = new TestRoom();
  room.act('own', 'room.create', { ...args, bots: [ada, bob] });
  expect(room.state).toMatchObject({
    seq: 4,
    room: {
      id: 'room1',
      title: 'A story',
      template: 'story',
      settings: { regenerate: 'anyone', reply: 'mention' },
    },
    members: [{ userId: 'own', name: 'Olga', role: 'owner' }],
    bots: [
      { ...ada, role: 'host' },
      { ...bob, role: 'guest' },
    ],
  });
});

test('[CM2] a room is made once', () => {
  const room = testRoom();
  expect(refusalOf(() => room.act('pat', 'room.create', { ...args, bots: [] }))).toBe('conflict');
});

test('[CM2] the same bot twice is refused', () => {
  expect(refusalOf(() => new TestRoom().act('own', 'room.create', { ...args, bots: [ada, ada] }))).toBe(
    'invalid',
  );
});
