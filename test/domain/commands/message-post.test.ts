import { describe, expect, test } from 'vitest';
import { limits } from '../../../src/domain/limits.ts';
import { ada, bob, refusalOf, testRoom } from '../../support/test-room.ts';

describe('posting a message', () => {
  test('[CM10] writes it with its author’s name and queues a turn that names it as its cause', () => {
    const room = testRoom();
    const { events, result } = room.act('pat', 'message.post', { text: ' hello ' });
    const { messageId, turnId } = result;
    const author = { type: 'user', id: 'pat', name: 'pat' };
    expect(events).toMatchObject([
      {
        kind: 'message.posted',
        actor: { type: 'user', id: 'pat' },
        data: { messageId, author, text: ' hello ' },
      },
      { kind: 'turn.queued', turnId, cause: messageId, data: { by: 'pat', trigger: { messageId } } },
    ]);
  });

  test('[CM10] queues nothing where nobody answers', () => {
    const { events, result } = testRoom({ bots: [] }).act('pat', 'message.post', { text: 'hello' });
    expect(events.map((event) => event.kind)).toEqual(['message.posted']);
    expect(result).not.toHaveProperty('turnId');
  });

  test('[CM11] joins a turn that waits for the same bot', () => {
    const room = testRoom();
    const first = room.post('pat', 'hello');
    const second = room.post('pia', 'and I');
    expect(second.turnId).toBe(first.turnId);
    expect(room.state.turns).toHaveLength(1);
  });

  test('[CM11] joins neither a running turn, nor one for another bot, nor one that regenerates', () => {
    const room = testRoom({ bots: [ada, bob] });
    const first = room.post('pat', '@Ada hello');
    const forBob = room.post('pat', '@Bob hello');
    room.start(first.turnId ?? '');
    const again = room.post('pat', '@Ada again');
    expect(new Set([first.turnId, forBob.turnId, again.turnId]).size).toBe(3);

    const other = testRoom();
    const reply = other.answer(other.post('pat', 'x').turnId ?? '', 'y');
    const { turnId } = other.act('pat', 'reply.regenerate', { messageId: reply }).result;
    expect(other.post('pat', 'z').turnId).not.toBe(turnId);
  });

  test('[CM12] replies to a message, also to an older version of it', () => {
    const room = testRoom();
    const old = room.answer(room.post('pat', 'x').turnId ?? '', 'y');
    room.answer(room.act('pat', 'reply.regenerate', { messageId: old }).result.turnId, 'z');
    room.post('pia', 'why?', old);
    expect(room.state.messages.at(-1)).toMatchObject({ text: 'why?', replyTo: old });
  });

  test('[CM12] a reply to no message of this room is not found', () => {
    expect(refusalOf(() => testRoom().post('pat', 'x', 'elsewhere'))).toBe('not_found');
  });

  test('[TX3] [TX4] blank and endless texts are refused', () => {
    const room = testRoom();
    for (const text of ['', ' \n', 'x'.repeat(limits.messageText + 1)]) {
      expect(() => room.post('pat', text)).toThrow('text');
    }
    expect(room.state.messages).toEqual([]);
  });
});
