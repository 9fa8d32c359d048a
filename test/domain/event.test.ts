import { describe, expect, test } from 'vitest';
import { isReplacing, loggedEventSchema, parseEvent } from '../../src/domain/event.ts';
import { currentVersion, upcast } from '../../src/domain/upcast.ts';
import { testRoom } from '../support/test-room.ts';

const envelope = { roomId: 'r', seq: 1, at: '2026-01-01T00:00:00.000Z', actor: { type: 'user', id: 'pat' } };

describe('parsing an event', () => {
  test.each(['later.thing', 'constructor', '__proto__'])(
    '[EV3] carries the unknown kind %s as it is',
    (kind) => {
      const event = { ...envelope, kind, turnId: 't', cause: 'm', data: { deep: [{ ly: null }] } };
      expect(parseEvent(event)).toStrictEqual(event);
    },
  );

  test.each([
    ['message.edited', { messageId: 'm' }, 'text'],
    ['member.joined', { userId: 'u', name: 'n', role: 'king' }, 'role'],
    ['turn.queued', { by: 'u', trigger: { messageId: 'm', regenerate: 'n' } }, 'trigger'],
    ['turn.ended', { outcome: 'won' }, 'outcome'],
  ])('[EV4] a %s that does not fit is refused, naming the field', (kind, data, field) => {
    const parsed = loggedEventSchema.safeParse({ ...envelope, kind, data });
    expect(parsed.error?.issues[0]?.path.slice(0, 2)).toEqual(['data', field]);
  });

  test.each([
    ['seq', 0],
    ['seq', 1.5],
    ['actor', { type: 'ghost', id: 'x' }],
    ['kind', 7],
  ])('[EV4] an envelope with %s %s is refused', (field, value) => {
    const parsed = loggedEventSchema.safeParse({ ...envelope, kind: 'x', data: 1, [field]: value });
    expect(parsed.error?.issues[0]?.path[0]).toBe(field);
  });

  test('[EV12] only what swaps or takes away counts as replacing', () => {
    const room = testRoom();
    const { turnId = '' } = room.post('pat', 'hello');
    const reply = room.answer(turnId, 'hi');
    room.answer(room.act('pat', 'reply.regenerate', { messageId: reply }).result.turnId, 'hey');
    expect(room.log.filter(isReplacing).map((event) => event.kind)).toEqual(['message.replaced']);
  });
});

describe('[EV5] upcasting', () => {
  const steps = [
    (data: unknown) => ({ ...(data as object), colour: 'blue' }),
    (data: unknown) => ({ ...(data as object), size: 2 }),
  ];
  const history = new Map([['note.made', steps]]);

  test('brings data from each version to the newest', () => {
    expect(currentVersion('note.made', history)).toBe(3);
    expect(upcast('note.made', 1, { text: 'a' }, history)).toEqual({ text: 'a', colour: 'blue', size: 2 });
    expect(upcast('note.made', 2, { text: 'a' }, history)).toEqual({ text: 'a', size: 2 });
    expect(upcast('note.made', 3, { text: 'a' }, history)).toEqual({ text: 'a' });
  });

  test('leaves data of later versions and of kinds without a history', () => {
    expect(upcast('note.made', 9, { text: 'a' }, history)).toEqual({ text: 'a' });
    expect(upcast('message.posted', 1, { text: 'a' }, history)).toEqual({ text: 'a' });
  });
});
