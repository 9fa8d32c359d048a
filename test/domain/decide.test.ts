import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commands, decide, reachOf } from '../../src/domain/decide.ts';
import { testRoom } from '../support/test-room.ts';

test('[CM1] a decision depends on nothing but its arguments, and leaves the state as it was', () => {
  const { state } = testRoom();
  const text = JSON.stringify(state);
  const args = { text: 'hello' };
  const once = () =>
    decide({ name: 'message.post', args }, state, {
      actor: { type: 'user', id: 'pat' },
      newId: () => 'id',
      left: [],
    });
  expect(once()).toEqual(once());
  expect(JSON.stringify(state)).toBe(text);
});

test('[CM12] commands name the message they are about', () => {
  const room = testRoom();
  const reply = room.answer(room.post('pat', 'x').turnId ?? '', 'y');
  const { turnId } = room.act('pat', 'reply.regenerate', { messageId: reply }).result;
  const refers = (name: 'message.edit' | 'reply.regenerate', messageId: string) =>
    reachOf({ name, args: { messageId, text: 'x' } }, room.state);
  expect(refers('message.edit', 'm')).toEqual({ around: 'm' });
  expect(refers('reply.regenerate', 'm')).toEqual({ around: 'm' });
  expect(reachOf({ name: 'turn.finish', args: { turnId, outcome: 'completed' } }, room.state)).toEqual({
    around: reply,
  });
  expect(reachOf({ name: 'message.post', args: { text: 'x' } }, room.state)).toBeUndefined();
});

test.each(Object.entries(commands))(
  '[TX5] the arguments of %s refuse whatever is not theirs',
  (_, { args }) => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constant(null), fc.string(), fc.array(fc.anything()), fc.integer()),
        (value) => {
          expect(args.safeParse(value).success).toBe(false);
        },
      ),
      { numRuns: 50 },
    );
  },
);
