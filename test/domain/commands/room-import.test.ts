import { expect, test } from 'vitest';
import { imported } from '../../support/import-chat.ts';
import { refusalOf, testRoom } from '../../support/test-room.ts';

const opening = { title: 'T', template: 'blank', settings: {}, ownerName: 'own', bots: [] };
const author = { type: 'bot', id: 'ada', name: 'Ada' };
const version = (messageId: string, more: object = {}) => ({ messageId, author, text: messageId, ...more });

test('[CC10] a room that exists takes no import', () => {
  expect(refusalOf(() => testRoom().act('own', 'room.import', { ...opening, messages: [] }))).toBe(
    'conflict',
  );
});

test('[CC10] versions follow one another, and what is shown comes last', () => {
  const room = imported([{ name: 'Ada', mes: 'b', swipes: ['a', 'b', 'c'], swipe_id: 1 }]);
  const told = room.log.flatMap((event) => {
    if (event.kind === 'message.posted')
      return [`${event.seq - (event.data.place?.seq ?? 0)} ${event.data.text}`];
    if (event.kind !== 'message.replaced') return [];
    return [`${event.data.reason} ${event.data.message.text} ${event.data.message.version}`];
  });
  expect(told).toEqual(['0 a', 'regenerate b 2', 'regenerate c 3', 'select b 2']);
});

test('[CC10] what refers to a message of the file refers to it here; anything else refers to nothing', () => {
  const messages = [
    { versions: [version('m1')], current: 0 },
    { versions: [version('m2', { replyTo: 'm1', cause: 'm1', interjectionOf: 'elsewhere' })], current: 0 },
  ];
  const room = testRoom();
  room.state = { ...room.state, seq: 0 };
  const { events } = room.act('own', 'room.import', { ...opening, messages });
  const [first, second] = events.flatMap((event) => (event.kind === 'message.posted' ? [event] : []));
  expect(first?.data.messageId).not.toBe('m1');
  expect(second?.cause).toBe(first?.data.messageId);
  expect(second?.data.replyTo).toBe(first?.data.messageId);
  expect(second?.data.interjectionOf).toBeUndefined();
});

test('[CC11] what a file said beside its messages is in the log and in no state', () => {
  const room = imported([{ chat_metadata: { x: 1 } }, { name: 'Ada', mes: 'a', vendor: 'kept' }]);
  expect(JSON.stringify(room.log)).toContain('kept');
  expect(JSON.stringify(room.state)).not.toMatch(/kept|chat_metadata|origin/);
});
