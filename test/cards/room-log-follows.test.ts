import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRoomLog } from '../../src/cards/room-log.ts';
import type { Block } from '../../src/domain/document/document.ts';
import type { RoomState } from '../../src/domain/room-state.ts';
import { importer, logFile, roomOf } from '../support/import-chat.ts';
import { intents, play } from '../support/room-commands.ts';
import { runs } from '../support/runs.ts';
import { TestRoom, testRoom } from '../support/test-room.ts';

/** What follows from the messages of a room and what it knows, but for ids of messages, which are told by their place. */
function told(state: RoomState) {
  const place = new Map(state.messages.map(({ messageId }, index) => [messageId, index]));
  const of = (id: string | undefined) => (id === undefined ? undefined : (place.get(id) ?? 'elsewhere'));
  const inOrder = (list: unknown[]) => list.map((one) => JSON.stringify(one)).toSorted();
  const block = ({ id, text, rests = [], gone = [] }: Block) => ({
    id,
    text,
    rests: rests.map(of),
    gone: gone.map(of),
  });
  return {
    edges: inOrder(state.edges.map(({ from, to, ...value }) => ({ from, to, ...value }))),
    memories: inOrder(
      state.memories.map(({ cause, witnessId, text, significance }) => [
        of(cause),
        witnessId,
        text,
        significance,
      ]),
    ),
    facts: state.facts.map(({ factId, text, summary, status, source, cause }) => ({
      ...{ factId, text, summary, status, source, cause: of(cause) },
    })),
    tasks: state.tasks.map(({ taskId, kind, text, status, answer, answered, cause }) => ({
      ...{
        taskId,
        kind,
        text,
        status,
        answer,
        by: answered?.by,
        cause: of(cause),
        from: of(answered?.messageId),
      },
    })),
    brief: state.brief.document.sections.map((section) => ({
      ...section,
      blocks: section.blocks.map(block),
    })),
    aside: state.brief.aside.map((one) => ({ ...one, block: block(one.block) })),
  };
}

/** A room that goes on where another's log stands. */
function resumed({ log }: ReturnType<typeof play>): TestRoom {
  const room = new TestRoom();
  for (const event of log) {
    if ('data' in event) room.append([event as never]);
  }
  return room;
}

test('[CC13] what follows from messages comes in with a log, and leaves with them there as it does here', () => {
  fc.assert(
    fc.property(intents(20, 80), fc.array(fc.nat(), { maxLength: 4 }), (plan, picks) => {
      const played = play(plan);
      const here = resumed(played);
      const there = roomOf(readRoomLog(logFile(played), importer));
      expect(told(there.state)).toEqual(told(here.state));
      for (const pick of picks) {
        const { length } = here.state.messages;
        if (length === 0 || here.state.members.every(({ userId }) => userId !== importer.id)) return;
        for (const room of [here, there]) {
          const messageId = room.state.messages[pick % length]?.messageId;
          room.act(importer.id, 'message.remove', { messageId });
        }
        expect(told(there.state)).toEqual(told(here.state));
      }
    }),
    runs(200),
  );
});

test('[CC13] other words for a question, and a block laid aside, go back in an imported room too', () => {
  const room = testRoom({ settings: { facts: true } });
  const say = (text: string, notes?: object) => {
    const { turnId = '' } = room.post('pat', `Ada, ${text}?`);
    room.start(turnId);
    const messageId = `reply${room.state.seq}`;
    const reply = { messageId, author: { type: 'bot', id: 'ada', name: 'Ada' }, text };
    room.act('kibitz', 'turn.finish', { turnId, outcome: 'completed', reply, notes });
    return messageId;
  };
  say('one', { facts: [], tasks: [{ kind: 'question', text: 'Which disk?' }] });
  const { taskId = '' } = room.state.tasks[0] ?? {};
  say('two', { facts: [], tasks: [{ kind: 'question', text: 'Which of the disks?', taskId }] });
  const rested = say('three');
  const operations = [
    { op: 'add_section', heading: 'Known', level: 2, blocks: ['Much.'] },
    { op: 'append_block', section_id: 'known', text: 'It rests.', rests_on: [rested] },
  ];
  room.act('own', 'brief.apply', { operations });
  const { turnId = '' } = room.act('own', 'reply.regenerate', { messageId: rested }).result as {
    turnId?: string;
  };
  room.answer(turnId, 'anew');
  const there = roomOf(readRoomLog(logFile(room), importer));
  expect(told(there.state)).toEqual(told(room.state));
  expect(there.state.brief.aside).toMatchObject([{ block: { text: 'It rests.' } }]);
  for (const each of [room, there]) {
    const [, , , two, , three] = each.state.messages;
    each.act(importer.id, 'message.remove', { messageId: two?.messageId });
    each.act(importer.id, 'reply.select', { messageId: three?.versions[0]?.messageId });
    expect(each.state.tasks).toMatchObject([{ taskId, text: 'Which disk?' }]);
    expect(each.state.brief.aside).toEqual([]);
  }
  expect(told(there.state)).toEqual(told(room.state));
});
