import { describe, expect, test } from 'vitest';
import { ada, bob, refusalOf, testRoom } from '../../support/test-room.ts';

describe('editing a message', () => {
  test('[CM13] an answered one has its reply written anew', () => {
    const room = testRoom();
    const { messageId, turnId = '' } = room.post('pat', 'one');
    const reply = room.answer(turnId, 'yes');
    const { events, result } = room.act('pat', 'message.edit', { messageId, text: 'two' });
    expect(events).toMatchObject([
      { kind: 'message.edited', data: { messageId, text: 'two' } },
      {
        kind: 'turn.queued',
        turnId: result.turnId,
        cause: messageId,
        data: { trigger: { regenerate: reply } },
      },
    ]);
  });

  test('[CM13] a second edit before that queues nothing more', () => {
    const room = testRoom();
    const { messageId, turnId = '' } = room.post('pat', 'one');
    room.answer(turnId, 'yes');
    room.act('pat', 'message.edit', { messageId, text: 'two' });
    const { events } = room.act('pat', 'message.edit', { messageId, text: 'three' });
    expect(events.map((event) => event.kind)).toEqual(['message.edited']);
  });

  test('[CM13] one that waits to be answered is read as it is then', () => {
    const room = testRoom();
    const { messageId } = room.post('pat', 'one');
    const { events } = room.act('pat', 'message.edit', { messageId, text: 'two' });
    expect(events.map((event) => event.kind)).toEqual(['message.edited']);
  });

  test('[CM13] one whose turn waits gets no second one; one whose turn runs gets one that follows, once', () => {
    const room = testRoom({ bots: [ada, bob] });
    const { messageId, turnId = '' } = room.post('pat', '@Ada one');
    const edit = (text: string) =>
      room.act('pat', 'message.edit', { messageId, text }).events.map((event) => event.kind);
    expect(edit('@Bob one')).toEqual(['message.edited']);
    room.start(turnId);
    expect(edit('@Ada two')).toEqual(['message.edited', 'turn.queued']);
    expect(edit('@Ada three')).toEqual(['message.edited']);
    const said = (text: string) => ({
      messageId: text,
      author: { type: 'bot', id: 'ada', name: 'Ada' },
      text,
    });
    room.act('kibitz', 'turn.finish', { turnId, outcome: 'completed', reply: said('old') });
    const next = room.state.turns[0]?.turnId ?? '';
    room.start(next);
    room.act('kibitz', 'turn.finish', { turnId: next, outcome: 'completed', reply: said('new') });
    expect(room.state.messages.map(({ text }) => text)).toEqual(['@Ada three', 'new']);
  });

  test('[CM13] one that now calls on a bot gets a first reply, if it is the latest', () => {
    const room = testRoom({ settings: { reply: 'mention' } });
    const early = room.post('pat', 'one').messageId;
    const late = room.post('pat', 'two').messageId;
    const edit = (messageId: string) =>
      room.act('pat', 'message.edit', { messageId, text: '@Ada?' }).events.map((event) => event.kind);
    expect(edit(early)).toEqual(['message.edited']);
    expect(edit(late)).toEqual(['message.edited', 'turn.queued']);
  });

  test('[CM11] the latest one, joined to a waiting turn, is not answered twice', () => {
    const room = testRoom();
    const { turnId } = room.post('pat', 'one');
    const { messageId } = room.post('pia', 'two');
    const { events, result } = room.act('pia', 'message.edit', { messageId, text: 'three' });
    expect(events.map((event) => event.kind)).toEqual(['message.edited']);
    expect(result.turnId).toBe(turnId);
  });

  test('[CM11] the latest one that now calls on another bot gets a turn of its own', () => {
    const room = testRoom({ bots: [ada, bob] });
    const { turnId } = room.post('pat', '@Ada one');
    const { messageId } = room.post('pia', '@Ada two');
    const { result } = room.act('pia', 'message.edit', { messageId, text: '@Bob two' });
    expect(result.turnId).toBeDefined();
    expect(result.turnId).not.toBe(turnId);
  });

  test('[CM13] a bot’s, edited by the owner, moves nobody to answer', () => {
    const room = testRoom();
    const reply = room.answer(room.post('pat', 'one').turnId ?? '', 'yes');
    const { events } = room.act('own', 'message.edit', { messageId: reply, text: 'no' });
    expect(events.map((event) => event.kind)).toEqual(['message.edited']);
  });

  test('[CM1] to what it says already writes nothing', () => {
    const room = testRoom();
    const { messageId } = room.post('pat', 'one');
    expect(room.act('pat', 'message.edit', { messageId, text: 'one' }).events).toEqual([]);
  });

  test('[CM12] one that gave way to a newer version is a conflict, an unknown one not found', () => {
    const room = testRoom();
    const old = room.answer(room.post('pat', 'x').turnId ?? '', 'y');
    room.answer(room.act('pat', 'reply.regenerate', { messageId: old }).result.turnId, 'z');
    const edit = (messageId: string) => () => room.act('own', 'message.edit', { messageId, text: 'new' });
    expect(refusalOf(edit(old))).toBe('conflict');
    expect(refusalOf(edit('elsewhere'))).toBe('not_found');
  });
});
