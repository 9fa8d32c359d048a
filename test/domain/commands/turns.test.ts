import { describe, expect, test } from 'vitest';
import { type Outcome, outcomes } from '../../../src/domain/event.ts';
import { ada, bob, refusalOf, type TestRoom, testRoom } from '../../support/test-room.ts';

const author = { type: 'bot' as const, id: 'ada', name: 'Ada' };
const replyOf = (text: string) => ({ messageId: 'r', author, text, model: 'demo', truncated: true });

function running(): { room: TestRoom; asked: string; turnId: string } {
  const room = testRoom();
  const { messageId: asked, turnId = '' } = room.post('pat', 'x');
  room.start(turnId);
  return { room, asked, turnId };
}

function regenerating(): { room: TestRoom; asked: string; old: string; turnId: string } {
  const room = testRoom();
  const { messageId: asked, turnId: first = '' } = room.post('pat', 'x');
  const old = room.answer(first, 'y');
  const { turnId } = room.act('pat', 'reply.regenerate', { messageId: old }).result;
  room.start(turnId);
  return { room, asked, old, turnId };
}

const kindsOf = (events: readonly { kind: string }[]) => events.map((event) => event.kind);

describe('[CM16] starting a turn', () => {
  test('records who answers and why', () => {
    const { room, turnId } = running();
    expect(room.log.at(-1)).toMatchObject({
      kind: 'turn.started',
      turnId,
      data: { addressee: { botId: 'ada' } },
    });
    expect(room.state.turns).toMatchObject([{ turnId, status: 'running', addressee: { botId: 'ada' } }]);
  });

  test('is refused while another runs, when it runs, has ended or never was', () => {
    const room = testRoom({ bots: [ada, bob] });
    const { turnId: first = '' } = room.post('pat', '@Ada x');
    const { turnId: second = '' } = room.post('pat', '@Bob x');
    room.start(first);
    for (const turnId of [first, second, 'never'])
      expect(refusalOf(() => room.start(turnId))).toBe('conflict');
    room.act('kibitz', 'turn.finish', { turnId: first, outcome: 'quiet' });
    expect(refusalOf(() => room.start(first))).toBe('conflict');
    room.start(second);
  });
});

describe('finishing a turn', () => {
  test.each(outcomes)('[CM17] as %s ends it, once', (outcome) => {
    const { room, turnId } = running();
    const usage = { promptTokens: 3, completionTokens: 4, estimated: true };
    const finish = () => room.act('kibitz', 'turn.finish', { turnId, outcome, usage, error: 'why' });
    expect(finish().events).toMatchObject([
      { kind: 'turn.ended', turnId, data: { outcome, usage, error: 'why' } },
    ]);
    expect(room.state.turns).toEqual([]);
    expect(refusalOf(finish)).toBe('conflict');
  });

  test('[CM17] that waits is refused', () => {
    const room = testRoom();
    const { turnId } = room.post('pat', 'x');
    expect(refusalOf(() => room.act('kibitz', 'turn.finish', { turnId, outcome: 'failed' }))).toBe(
      'conflict',
    );
  });

  test.each<Outcome>(['completed', 'stopped', 'failed', 'interrupted'])(
    '[CM18] as %s keeps what was said, as an answer to its trigger, in the same append',
    (outcome) => {
      const { room, asked, turnId } = running();
      const { events } = room.act('kibitz', 'turn.finish', { turnId, outcome, reply: replyOf('so far') });
      expect(events).toMatchObject([
        {
          kind: 'message.posted',
          actor: { type: 'bot', id: 'ada' },
          turnId,
          cause: asked,
          data: { ...replyOf('so far'), replyTo: asked, version: 1 },
        },
        { kind: 'turn.ended', data: { outcome } },
      ]);
    },
  );

  test.each(['', ' \n'])('[CM18] posts no blank reply (%j)', (text) => {
    const { room, turnId } = running();
    const { events } = room.act('kibitz', 'turn.finish', {
      turnId,
      outcome: 'stopped',
      reply: replyOf(text),
    });
    expect(kindsOf(events)).toEqual(['turn.ended']);
  });

  test('[CM19] a regenerated reply takes the place of the old one, a version up', () => {
    const { room, asked, old, turnId } = regenerating();
    const reply = replyOf('z');
    expect(room.act('kibitz', 'turn.finish', { turnId, outcome: 'completed', reply }).events).toMatchObject([
      {
        kind: 'message.replaced',
        turnId,
        cause: asked,
        data: {
          supersedes: old,
          reason: 'regenerate',
          message: { messageId: 'r', replyTo: asked, version: 2 },
        },
      },
      { kind: 'turn.ended', data: { outcome: 'completed' } },
    ]);
  });

  test.each<Outcome>(['stopped', 'failed', 'interrupted', 'quiet'])(
    '[CM19] one that is not whole (%s) leaves the old reply',
    (outcome) => {
      const { room, turnId } = regenerating();
      const before = room.state.messages;
      const { events } = room.act('kibitz', 'turn.finish', { turnId, outcome, reply: replyOf('so f') });
      expect(kindsOf(events)).toEqual(['turn.ended']);
      expect(room.state.messages).toEqual(before);
    },
  );

  test('[CM19] one whose place is gone ends as failed, and says why', () => {
    const { room, old, turnId } = regenerating();
    const actor = { type: 'user' as const, id: 'mod' };
    room.append([{ kind: 'message.removed', actor, data: { supersedes: old, reason: 'rewind' } }]);
    const { events } = room.act('kibitz', 'turn.finish', {
      turnId,
      outcome: 'completed',
      reply: replyOf('z'),
    });
    expect(events).toMatchObject([
      { kind: 'turn.ended', data: { outcome: 'failed', error: expect.any(String) } },
    ]);
  });
});

describe('[CM20] stopping a turn', () => {
  test('that waits ends it at once', () => {
    const room = testRoom();
    const { turnId } = room.post('pat', 'x');
    const { events, result } = room.act('pia', 'turn.stop', { turnId });
    expect(events).toMatchObject([{ kind: 'turn.ended', turnId, data: { outcome: 'stopped' } }]);
    expect(result).toEqual({ turnId, running: false });
  });

  test('that runs is left to whoever runs it', () => {
    const { room, turnId } = running();
    expect(room.act('pat', 'turn.stop', { turnId })).toEqual({
      events: [],
      result: { turnId, running: true },
    });
  });

  test('that has ended is not found', () => {
    const { room, turnId } = running();
    room.act('kibitz', 'turn.finish', { turnId, outcome: 'completed' });
    expect(refusalOf(() => room.act('pat', 'turn.stop', { turnId }))).toBe('not_found');
  });
});
