import { expect, test } from 'vitest';
import { refusalOf, testRoom } from '../../support/test-room.ts';

test('[CM6] changes what it names and keeps the rest', () => {
  const room = testRoom({ settings: { reply: 'mention' } });
  room.act('mod', 'room.update', { title: 'Other', settings: { regenerate: 'author', later: [1] } });
  expect(room.state.room).toMatchObject({
    id: 'room1',
    title: 'Other',
    template: 'blank',
    settings: { regenerate: 'author', reply: 'mention', later: [1] },
  });
});

test.each([{}, { title: 'A room' }, { settings: {} }, { settings: { reply: 'auto' } }])(
  '[CM1] %j changes nothing and writes nothing',
  (args) => {
    expect(testRoom().act('mod', 'room.update', args)).toEqual({ events: [], result: {} });
  },
);

test('[CM6] settings do not grow without end, not even piece by piece', () => {
  const room = testRoom();
  const grow = (key: string) => room.act('mod', 'room.update', { settings: { [key]: 'x'.repeat(5_000) } });
  grow('one');
  expect(refusalOf(() => grow('two'))).toBe('invalid');
});
