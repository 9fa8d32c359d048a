import { describe, expect, test } from 'vitest';
import type { LoggedEvent } from '../../src/domain/event.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { limits } from '../../src/domain/limits.ts';
import { initialState } from '../../src/domain/room-state.ts';
import { evolveTimeline } from '../../src/domain/timeline.ts';
import { bob, testRoom, timeOf } from '../support/test-room.ts';

describe('the fold', () => {
  test('[EV1] refuses a gap and a repeat, and says where', () => {
    const { state, log } = testRoom();
    const last = log.at(-1) as LoggedEvent;
    expect(() => evolve(state, last)).toThrow(`event ${last.seq} cannot follow ${state.seq}`);
    expect(() => evolve(initialState('room1'), { ...last, seq: 2 })).toThrow('event 2 cannot follow 0');
  });

  test('[EV3] carries an event of a kind it does not know, also one named like a property of every object', () => {
    const { state } = testRoom();
    for (const kind of ['later.thing', 'constructor', '__proto__', 'toString']) {
      const actor = { type: 'system' as const, id: 'x' };
      const event = {
        roomId: 'room1',
        seq: state.seq + 1,
        at: timeOf(1),
        kind,
        actor,
        data: { userId: 'pat' },
      };
      expect(evolve(state, event)).toEqual({ ...state, seq: state.seq + 1 });
    }
  });

  test('[EV9] an edit keeps the place and what was said before', () => {
    const room = testRoom({ bots: [] });
    const { messageId } = room.post('pat', 'one');
    const { seq, at } = room.state.messages[0] ?? {};
    room.post('pia', 'between');
    room.act('pat', 'message.edit', { messageId, text: 'two' });
    expect(room.state.messages[0]).toMatchObject({
      seq,
      text: 'two',
      edited: true,
      versions: [{ messageId, text: 'one', at }],
    });
    expect(room.state.messages.map((message) => message.text)).toEqual(['two', 'between']);
  });

  test('[EV9] a replacement keeps the place, under its new id', () => {
    const room = testRoom();
    const { turnId = '' } = room.post('pat', 'hello');
    const first = room.answer(turnId, 'first');
    const { seq } = room.state.messages[1] ?? {};
    room.post('pia', 'later');
    const again = room.act('pat', 'reply.regenerate', { messageId: first }).result.turnId;
    room.start(room.state.turns[0]?.turnId ?? '');
    room.act('kibitz', 'turn.finish', { turnId: room.state.turns[0]?.turnId, outcome: 'quiet' });
    const second = room.answer(again, 'second');
    expect(room.state.messages.map((message) => message.text)).toEqual(['hello', 'second', 'later']);
    expect(room.state.messages[1]).toMatchObject({ seq, messageId: second, edited: false, version: 2 });
    expect(room.state.messages[1]?.versions).toMatchObject([{ messageId: first, text: 'first' }]);
  });

  test(`[EV9] ${limits.versions} earlier versions are kept, the latest`, () => {
    const room = testRoom({ bots: [] });
    const { messageId } = room.post('pat', 'text 0');
    for (let n = 1; n <= limits.versions + 5; n++)
      room.act('pat', 'message.edit', { messageId, text: `text ${n}` });
    const texts = room.state.messages[0]?.versions.map((version) => version.text);
    expect(texts).toHaveLength(limits.versions);
    expect([texts?.[0], texts?.at(-1)]).toEqual(['text 5', `text ${limits.versions + 4}`]);
  });

  test('[EV10] a removed message leaves the timeline', () => {
    const room = testRoom({ bots: [] });
    const { messageId } = room.post('pat', 'one');
    room.post('pat', 'two');
    const actor = { type: 'user' as const, id: 'pat' };
    room.append([{ kind: 'message.removed', actor, data: { supersedes: messageId, reason: 'remove' } }]);
    expect(room.state.messages.map((message) => message.text)).toEqual(['two']);
  });

  test('[EV10] a stretch of the timeline ignores changes of messages it does not hold', () => {
    const room = testRoom({ bots: [] });
    const { messageId } = room.post('pat', 'one');
    const [edit] = room.act('pat', 'message.edit', { messageId, text: 'two' }).events;
    const other = [{ ...(room.state.messages[0] ?? expect.unreachable()), messageId: 'other' }];
    expect(evolveTimeline(other, edit ?? expect.unreachable())).toEqual(other);
  });

  test('[EV11] who changes keeps their place in the lists', () => {
    const room = testRoom({ bots: [{ botId: 'ada', name: 'Ada' }, bob] });
    room.act('own', 'member.setRole', { userId: 'mod', role: 'participant' });
    expect(room.state.members.map(({ userId }) => userId)).toEqual(['own', 'mod', 'pat', 'pia', 'sam']);
    room.act('own', 'bot.add', { ...bob, role: 'host' });
    expect(room.state.bots).toMatchObject([
      { botId: 'ada', name: 'Ada', role: 'guest' },
      { ...bob, role: 'host' },
    ]);
  });
});
