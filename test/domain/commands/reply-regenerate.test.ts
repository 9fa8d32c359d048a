import { describe, expect, test } from 'vitest';
import { refusalOf, testRoom } from '../../support/test-room.ts';

function answered() {
  const room = testRoom();
  const { messageId: asked, turnId = '' } = room.post('pat', 'x');
  const reply = room.answer(turnId, 'y');
  const regenerate = (who: string, text?: string) =>
    room.act(who, 'reply.regenerate', { messageId: reply, ...(text === undefined ? {} : { text }) });
  return { room, asked, reply, regenerate };
}

describe('having a reply written anew', () => {
  test('[CM14] queues a turn with the same cause', () => {
    const { asked, reply, regenerate } = answered();
    const { events, result } = regenerate('pia');
    expect(events).toMatchObject([
      {
        kind: 'turn.queued',
        turnId: result.turnId,
        cause: asked,
        data: { by: 'pia', trigger: { regenerate: reply } },
      },
    ]);
  });

  test('[CM14] is refused while it waits or runs', () => {
    const { room, regenerate } = answered();
    const { turnId } = regenerate('pat').result;
    expect(refusalOf(() => regenerate('pia'))).toBe('conflict');
    room.start(turnId);
    expect(refusalOf(() => regenerate('pia'))).toBe('conflict');
  });

  test('[CM14] asked of a person’s message, it is that one’s reply, or a first one', () => {
    const { room, asked } = answered();
    const reply = room.state.messages.at(-1)?.messageId;
    room.act('pat', 'reply.regenerate', { messageId: asked });
    expect(room.state.turns.map(({ trigger }) => trigger)).toEqual([{ regenerate: reply }]);
    expect(refusalOf(() => room.act('pat', 'reply.regenerate', { messageId: asked }))).toBe('conflict');
    const other = room.post('pat', 'unanswered');
    room.act('pat', 'turn.stop', { turnId: other.turnId ?? '' });
    room.act('pat', 'reply.regenerate', { messageId: other.messageId });
    expect(room.state.turns.at(-1)?.trigger).toEqual({ messageId: other.messageId });
    expect(refusalOf(() => room.act('pat', 'reply.regenerate', { messageId: other.messageId }))).toBe(
      'conflict',
    );
    expect(refusalOf(() => room.act('pat', 'reply.regenerate', { messageId: 'elsewhere' }))).toBe(
      'not_found',
    );
  });

  test('[CM14] an older version is a conflict', () => {
    const { room, regenerate } = answered();
    room.answer(regenerate('pat').result.turnId, 'z');
    expect(refusalOf(() => regenerate('pat'))).toBe('conflict');
  });

  test('[CM15] with text edits the message it answers first, by those who may edit it', () => {
    const { room, asked, regenerate } = answered();
    expect(refusalOf(() => regenerate('pia', 'mine'))).toBe('forbidden');
    expect(room.state.turns).toEqual([]);
    expect(regenerate('pat', 'better').events).toMatchObject([
      { kind: 'message.edited', data: { messageId: asked, text: 'better' } },
      { kind: 'turn.queued' },
    ]);
  });

  test('[CM15] with the text there is already only regenerates', () => {
    expect(
      answered()
        .regenerate('pat', 'x')
        .events.map((event) => event.kind),
    ).toEqual(['turn.queued']);
  });

  test('[CM15] with text is a conflict when the message it answers is gone', () => {
    const { room, asked, regenerate } = answered();
    const actor = { type: 'user' as const, id: 'pat' };
    room.append([{ kind: 'message.removed', actor, data: { supersedes: asked, reason: 'remove' } }]);
    expect(refusalOf(() => regenerate('own', 'better'))).toBe('conflict');
    expect(regenerate('own').events.map((event) => event.kind)).toEqual(['turn.queued']);
  });
});
