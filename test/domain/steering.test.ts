import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CommandName } from '../../src/domain/decide.ts';
import type { TimelineMessage } from '../../src/domain/room-state.ts';
import { mayHaveLostSubject } from '../../src/domain/turns.ts';
import { runs } from '../support/runs.ts';
import { ada, bob, refusalOf, type TestRoom, testRoom } from '../support/test-room.ts';

const cleo = { botId: 'cleo', name: 'Cleo' };
const author = (botId: string) => ({ type: 'bot' as const, id: botId, name: botId });

/** Runs a waiting turn: Ada's reply, then what others put in on it. */
function runGroup(
  room: TestRoom,
  turnId: string,
  reply: string,
  interjections: [string, string][] = [],
): void {
  room.start(turnId);
  const messageId = `reply${room.state.seq}`;
  room.act('kibitz', 'turn.say', { turnId, reply: { messageId, author: author('ada'), text: reply } });
  let on = messageId;
  for (const [botId, text] of interjections) {
    const said = { messageId: `word${room.state.seq}`, author: author(botId), text, interjectionOf: on };
    room.act('kibitz', 'turn.say', { turnId, reply: said });
    on = said.messageId;
  }
  room.act('kibitz', 'turn.finish', { turnId, outcome: 'completed' });
}

function ask(room: TestRoom, text: string, reply: string, interjections: [string, string][] = []): string {
  const { messageId, turnId } = room.post('pat', text);
  runGroup(room, turnId ?? '', reply, interjections);
  return messageId;
}

const room3 = () => testRoom({ bots: [ada, bob, cleo] });
const texts = (room: TestRoom) => room.state.messages.map(({ text }) => text);
const withText = (room: TestRoom, text: string) =>
  room.state.messages.find((message) => message.text === text) as TimelineMessage;
const regenerate = (room: TestRoom, messageId: string) =>
  room.act('pat', 'reply.regenerate', { messageId }).result.turnId;

test('[ST1] [ST2] an older reply is written anew in its place; its interjections are replaced, withdrawn or new', () => {
  const room = room3();
  ask(room, 'q1', 'a1', [['bob', 'b1']]);
  ask(room, 'q2', 'a2', [['cleo', 'c2']]);
  const old = withText(room, 'b1');
  runGroup(room, regenerate(room, withText(room, 'a1').messageId), 'A1', [['bob', 'B1']]);
  expect(texts(room)).toEqual(['q1', 'A1', 'B1', 'q2', 'a2', 'c2']);
  expect(withText(room, 'B1')).toMatchObject({
    seq: old.seq,
    version: 2,
    interjectionOf: withText(room, 'A1').messageId,
  });
  runGroup(room, regenerate(room, withText(room, 'A1').messageId), 'AA1');
  expect(texts(room)).toEqual(['q1', 'AA1', 'q2', 'a2', 'c2']);
  runGroup(room, regenerate(room, withText(room, 'AA1').messageId), 'AAA1', [['cleo', 'C1']]);
  expect(texts(room)).toEqual(['q1', 'AAA1', 'C1', 'q2', 'a2', 'c2']);
});

test('[ST2] when a turn ends badly after its reply, interjections on the old one still go', () => {
  const room = room3();
  ask(room, 'q', 'a', [['bob', 'b']]);
  const turnId = regenerate(room, withText(room, 'a').messageId);
  room.start(turnId);
  room.act('kibitz', 'turn.say', { turnId, reply: { messageId: 'new', author: author('ada'), text: 'A' } });
  room.act('kibitz', 'turn.finish', { turnId, outcome: 'interrupted' });
  expect(texts(room)).toEqual(['q', 'A']);
});

test('[ST3] an interjection is written anew by itself', () => {
  const room = room3();
  ask(room, 'q', 'a', [['bob', 'b']]);
  const turnId = regenerate(room, withText(room, 'b').messageId);
  room.answer(turnId, 'B', 'bob');
  expect(texts(room)).toEqual(['q', 'a', 'B']);
  expect(withText(room, 'B').interjectionOf).toBe(withText(room, 'a').messageId);
});

test('[ST4] an earlier version is shown again with its interjections, and back', () => {
  const room = room3();
  ask(room, 'q', 'a', [['bob', 'b']]);
  const first = withText(room, 'a');
  runGroup(room, regenerate(room, first.messageId), 'A', [['cleo', 'C']]);
  const second = withText(room, 'A');
  room.act('pat', 'reply.select', { messageId: first.messageId });
  expect(texts(room)).toEqual(['q', 'a', 'b']);
  expect(withText(room, 'a').versions.map(({ text }) => text)).toEqual(['A']);
  room.act('pat', 'reply.select', { messageId: second.messageId });
  expect(texts(room)).toEqual(['q', 'A', 'C']);
  runGroup(room, regenerate(room, second.messageId), 'AA');
  expect(withText(room, 'AA').version).toBe(3);
  expect(refusalOf(() => room.act('pat', 'reply.select', { messageId: 'elsewhere' }))).toBe('not_found');
  expect(refusalOf(() => room.act('sam', 'reply.select', { messageId: first.messageId }))).toBe('forbidden');
});

test('[ST4] an earlier word put in comes with the version it was about', () => {
  const room = room3();
  ask(room, 'q', 'a', [['bob', 'b']]);
  const word = withText(room, 'b');
  runGroup(room, regenerate(room, withText(room, 'a').messageId), 'A', [['bob', 'B']]);
  room.act('pat', 'reply.select', { messageId: word.messageId });
  expect(texts(room)).toEqual(['q', 'a', 'b']);
});

test('[ST5] what follows from a removed message leaves with it, and turns that wait for it end', () => {
  const room = room3();
  const asked = ask(room, 'q', 'a', [['bob', 'b']]);
  ask(room, 'q2', 'a2');
  regenerate(room, withText(room, 'a').messageId);
  room.act('pat', 'message.remove', { messageId: asked });
  expect(texts(room)).toEqual(['q2', 'a2']);
  expect(room.state.turns).toEqual([]);
  expect(room.log.filter(({ kind }) => kind === 'message.removed').map(({ data }) => data)).toMatchObject([
    { reason: 'remove' },
    { reason: 'withdrawn' },
    { reason: 'withdrawn' },
  ]);
  expect(
    refusalOf(() => room.act('pia', 'message.remove', { messageId: withText(room, 'q2').messageId })),
  ).toBe('forbidden');
});

test('[ST5] a running turn whose message is removed ends without words', () => {
  const room = room3();
  const { messageId, turnId } = room.post('pat', 'q');
  room.start(turnId ?? '');
  room.act('pat', 'message.remove', { messageId });
  const reply = { messageId: 'late', author: author('ada'), text: 'a' };
  room.act('kibitz', 'turn.finish', { turnId, outcome: 'completed', reply });
  expect(texts(room)).toEqual([]);
  expect(room.log.at(-1)).toMatchObject({
    kind: 'turn.ended',
    data: { outcome: 'failed', error: expect.stringMatching(/no longer/) },
  });
});

test('[TN11] a turn may have lost its message when that leaves the timeline, and not otherwise', () => {
  const room = room3();
  const first = ask(room, 'q1', 'a1', [['bob', 'b1']]);
  const { messageId } = room.post('pat', 'q2');
  const subjects = {
    asked: { trigger: { messageId } },
    rewritten: { trigger: { regenerate: withText(room, 'a1').messageId } },
    brief: { trigger: { refresh: 'brief' as const } },
  };
  /** Which turns may have lost theirs after a command of the owner's. */
  const lostBy = (...[name, args]: [CommandName, object]) => {
    const { events } = room.act('own', name, args);
    return Object.entries(subjects).flatMap(([turn, about]) =>
      mayHaveLostSubject(room.state, about, events) ? [turn] : [],
    );
  };
  expect(lostBy('message.remove', { messageId: withText(room, 'b1').messageId })).toEqual([]);
  runGroup(room, regenerate(room, withText(room, 'a1').messageId), 'A1');
  expect(lostBy('message.post', { text: 'q3' })).toEqual([]);
  expect(lostBy('history.rewind', { messageId })).toEqual([]);
  expect(lostBy('history.rewind', { messageId: withText(room, 'A1').messageId })).toEqual(['asked']);
  expect(lostBy('history.undo', {})).toEqual([]);
  expect(lostBy('message.remove', { messageId: first })).toEqual(['rewritten']);
});

test('[CM19] a bot that is sent away says nothing more', () => {
  const room = room3();
  const { turnId } = room.post('pat', 'q');
  room.start(turnId ?? '');
  room.act('mod', 'bot.remove', { botId: 'ada' });
  const reply = { messageId: 'late', author: author('ada'), text: 'a' };
  room.act('kibitz', 'turn.finish', { turnId, outcome: 'completed', reply });
  expect(texts(room)).toEqual(['q']);
  expect(room.log.at(-1)).toMatchObject({
    kind: 'turn.ended',
    data: { outcome: 'failed', error: 'ada has left the room.' },
  });
});

test('[ST6] a rewind can be undone until somebody writes', () => {
  const room = room3();
  const first = ask(room, 'q1', 'a1', [['bob', 'b1']]);
  ask(room, 'q2', 'a2');
  const before = room.state.messages;
  room.act('mod', 'history.rewind', { messageId: first });
  expect(texts(room)).toEqual(['q1']);
  room.act('mod', 'history.undo', {});
  expect(room.state.messages).toEqual(before);
  expect(refusalOf(() => room.act('mod', 'history.undo', {}))).toBe('conflict');
  room.act('mod', 'history.rewind', { messageId: first });
  room.post('pat', 'something else');
  expect(refusalOf(() => room.act('mod', 'history.undo', {}))).toBe('conflict');
});

test('[ST7] an interjection that comes late stands beside what it is about', () => {
  const room = room3();
  const { turnId } = room.post('pat', 'q');
  room.start(turnId ?? '');
  room.act('kibitz', 'turn.say', { turnId, reply: { messageId: 'a', author: author('ada'), text: 'a' } });
  room.post('pia', 'meanwhile');
  const said = { messageId: 'b', author: author('bob'), text: 'b', interjectionOf: 'a' };
  room.act('kibitz', 'turn.say', { turnId, reply: said });
  expect(texts(room)).toEqual(['q', 'a', 'b', 'meanwhile']);
});

test('[ST8] words that were said before are not said again', () => {
  const room = room3();
  const { turnId } = room.post('pat', 'q');
  room.start(turnId ?? '');
  const reply = { messageId: 'a', author: author('ada'), text: 'a' };
  room.act('kibitz', 'turn.say', { turnId, reply });
  room.act('kibitz', 'turn.finish', { turnId, outcome: 'interrupted', reply: { ...reply, truncated: true } });
  expect(texts(room)).toEqual(['q', 'a']);
});

test('[EV13] a turn without a whole reply is told where people look for it, until it is asked for again', () => {
  const room = room3();
  const { messageId, turnId } = room.post('pat', 'q');
  room.start(turnId ?? '');
  room.act('kibitz', 'turn.finish', { turnId, outcome: 'failed', error: 'No answer.' });
  expect(room.state.unfinished).toEqual([
    { messageId, turnId, outcome: 'failed', regenerating: false, error: 'No answer.' },
  ]);
  const again = regenerate(room, messageId);
  expect(room.state.unfinished).toEqual([]);
  room.start(again);
  const reply = { messageId: 'half', author: author('ada'), text: 'half', truncated: true };
  room.act('kibitz', 'turn.finish', { turnId: again, outcome: 'stopped', reply });
  expect(room.state.unfinished).toMatchObject([{ messageId: 'half', outcome: 'stopped' }]);
  const anew = regenerate(room, 'half');
  room.act('pat', 'turn.stop', { turnId: anew });
  expect(room.state.unfinished).toMatchObject([{ messageId: 'half', regenerating: true }]);
  runGroup(room, regenerate(room, 'half'), 'whole');
  expect(room.state.unfinished).toEqual([]);
});

/** What the timeline says, whatever ids and times it was said under. */
const shape = (room: TestRoom) =>
  room.state.messages.map(({ author: { id }, text, interjectionOf }) => ({
    id,
    text,
    on: room.state.messages.find(({ messageId }) => messageId === interjectionOf)?.text,
  }));

const words = fc.constantFrom('yes', 'no', 'perhaps', 'well');
const group = fc.tuple(
  words,
  fc.subarray(['bob', 'cleo']).chain((bots) =>
    fc.tuple(
      ...bots.map((bot) =>
        fc.tuple(
          fc.constant(bot),
          words.map((word) => `${bot} ${word}`),
        ),
      ),
    ),
  ),
);

test('[ST1] a group written anew n times stands as if the last version had been written alone', () => {
  fc.assert(
    fc.property(
      fc.array(group, { minLength: 1, maxLength: 6 }),
      fc.array(group, { maxLength: 3 }),
      (versions, later) => {
        const [many, once] = [room3(), room3()];
        const [first] = versions;
        const last = versions.at(-1);
        if (first === undefined || last === undefined) return;
        ask(many, 'q', `a: ${first[0]}`, first[1]);
        ask(once, 'q', `a: ${last[0]}`, last[1]);
        for (const room of [many, once])
          for (const [reply, others] of later) ask(room, 'next', reply, others);
        for (const [reply, others] of versions.slice(1)) {
          const standing = many.state.messages[1] as TimelineMessage;
          runGroup(many, regenerate(many, standing.messageId), `a: ${reply}`, others);
        }
        const sorted = (room: TestRoom) =>
          shape(room)
            .map((message) => JSON.stringify(message))
            .sort();
        expect(sorted(many)).toEqual(sorted(once));
        // The order of a group's interjections may be that of their first versions; everything else keeps its place.
        const primary = (room: TestRoom) => shape(room).filter(({ on }) => on === undefined);
        expect(primary(many)).toEqual(primary(once));
      },
    ),
    runs(500),
  );
});
