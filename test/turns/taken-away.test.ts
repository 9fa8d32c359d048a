import { expect, test } from 'vitest';
import { limits } from '../../src/domain/limits.ts';
import type { LanguageModel } from '../../src/llm/language-model.ts';
import { post, wholeLog } from '../support/test-log.ts';
import { cast, scripted, turnRoom } from '../support/turn-room.ts';
import { until } from '../support/until.ts';

/** A model that answers until it is told to stall; then it says one word and waits until it is left. */
function stalling() {
  const { model } = scripted();
  const calls = { isStalling: false, stalled: 0, left: 0 };
  const patient: LanguageModel = {
    ...model,
    async *stream(request, signal) {
      if (!calls.isStalling) return yield* model.stream(request, signal);
      yield { type: 'text', text: 'Never ' };
      calls.stalled += 1;
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      calls.left += 1;
      signal.throwIfAborted();
    },
  };
  return { model: patient, calls };
}

test('[TN11] a turn about a message that the room’s window does not hold ends when that is removed, and not before', async () => {
  const { model, calls } = stalling();
  const room = await turnRoom(model, ['Ada'], cast);
  await room.say('First');
  const [asked, reply] = (await room.log.stateOf(room.roomId)).messages;
  await room.update({ reply: 'mention' });
  for (let n = 0; n <= limits.window; n += 1) await room.log.handle(post(room.roomId, `Note ${n}`));
  const { messages } = await room.log.stateOf(room.roomId);
  expect(messages.map(({ messageId }) => messageId)).not.toContain(reply?.messageId);

  calls.isStalling = true;
  await room.act({ name: 'reply.regenerate', args: { messageId: reply?.messageId ?? '' } });
  await until('a word', () => calls.stalled === 1);
  await room.act({ name: 'message.remove', args: { messageId: messages.at(-1)?.messageId ?? '' } });
  await room.log.findMessage(room.roomId, reply?.messageId ?? '');
  expect(calls.left).toBe(0);
  expect((await room.log.stateOf(room.roomId)).turns).toHaveLength(1);

  await room.act({ name: 'message.remove', args: { messageId: asked?.messageId ?? '' } });
  await room.settled();
  expect(calls.left).toBe(1);
  const ends = (await wholeLog(room.log, room.roomId)).filter(({ kind }) => kind === 'turn.ended');
  expect(ends).toMatchObject([{ data: { outcome: 'completed' } }, { data: { outcome: 'stopped' } }]);
});
