import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { edgeValue } from '../../src/domain/edge-ledger.ts';
import { limits } from '../../src/domain/limits.ts';
import type { TimelineMessage } from '../../src/domain/room-state.ts';
import { intents, play } from '../support/room-commands.ts';
import { runs } from '../support/runs.ts';
import { ada, bob, type TestRoom, testRoom } from '../support/test-room.ts';

const cleo = { botId: 'cleo', name: 'Cleo' };
const cast = ['ada', 'bob', 'cleo'] as const;
const parties = [...cast, 'pat'] as const;
type Bot = (typeof cast)[number];

/** Words, and what is to follow from them: a step for some pairs, told by the words themselves. */
type Words = { bot: Bot; text: string; steps: readonly (readonly [from: number, to: number, by: number])[] };

const words = (bots: readonly Bot[]): fc.Arbitrary<Words> =>
  fc.record({
    bot: fc.constantFrom(...bots),
    text: fc.constantFrom('yes', 'no', 'perhaps', 'well'),
    steps: fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.integer({ min: -30, max: 30 })), { maxLength: 4 }),
  });
const group = fc.tuple(words(['ada']), fc.array(words(['bob', 'cleo']), { maxLength: 2 }));
type Group = readonly [Words, readonly Words[]];

/** Says words in a running turn and settles what follows from them. */
function say(room: TestRoom, turnId: string, { bot, text, steps }: Words, on?: string): string {
  const messageId = `said${`${room.state.seq}`.padStart(6, '0')}`;
  const reply = { messageId, author: { type: 'bot', id: bot, name: bot }, text };
  room.act('kibitz', 'turn.say', {
    turnId,
    reply: on === undefined ? reply : { ...reply, interjectionOf: on },
  });
  const pairs = new Map(
    steps
      .map(([from, to, by]) => ({ from: parties[from], to: parties[to], by }))
      .filter(({ from, to }) => from !== to)
      .map((pair) => [`${pair.from} ${pair.to}`, pair]),
  );
  room.act('kibitz', 'turn.settle', {
    turnId,
    messageId,
    since: room.state.seq,
    significance: 5,
    memories: cast.map((witnessId) => ({ witnessId, text: `${witnessId} heard ${bot} say ${text}` })),
    edges: [...pairs.values()].map(({ from, to, by }) => ({
      from,
      to,
      delta: { affinity: by, trust: -by, knowledge: [`${text} ${by}`], summary: `${text} by ${bot}` },
    })),
  });
  return messageId;
}

function run(room: TestRoom, turnId: string, [reply, others]: Group): void {
  room.start(turnId);
  let on = say(room, turnId, reply);
  for (const other of others) on = say(room, turnId, other, on);
  room.act('kibitz', 'turn.finish', { turnId, outcome: 'completed' });
}

function ask(room: TestRoom, text: string, answer: Group): string {
  const { messageId, turnId } = room.post('pat', text);
  run(room, turnId ?? '', answer);
  return messageId;
}

const regenerate = (room: TestRoom, messageId: string) =>
  room.act('pat', 'reply.regenerate', { messageId }).result.turnId;

const room3 = () => testRoom({ bots: [ada, bob, cleo] });

/** What is felt and remembered, whatever ids it goes by. */
const feelings = (room: TestRoom) => ({
  edges: room.state.edges,
  memories: room.state.memories.map(({ witnessId, text }) => `${witnessId}: ${text}`).sort(),
});

const hello: Group = [{ bot: 'ada', text: 'yes', steps: [[0, 3, 4]] }, []];
const aside: Group = [
  { bot: 'ada', text: 'no', steps: [[0, 3, -7]] },
  [{ bot: 'bob', text: 'well', steps: [[1, 0, 9]] }],
];

describe('[CQ1] what follows from a message', () => {
  test('is remembered by every witness, and moves affinity and trust from 50', () => {
    const room = room3();
    ask(room, 'q', hello);
    expect(room.state.edges).toEqual([
      {
        from: 'ada',
        to: 'pat',
        affinity: 54,
        trust: 46,
        knowledge: ['yes 4'],
        summary: 'yes by ada',
        sum: { affinity: 4, trust: -4 },
        changes: 1,
      },
    ]);
    const said = room.state.messages.at(-1) as TimelineMessage;
    expect(room.state.memories.map(({ witnessId, cause }) => [witnessId, cause])).toEqual(
      cast.map((bot) => [bot, said.messageId]),
    );
    expect(room.log.filter(({ kind }) => kind.startsWith('edge')).map(({ cause }) => cause)).toEqual([
      said.messageId,
    ]);
  });

  test('stays within 0–100, and comes back from there as it went', () => {
    const value = edgeValue({ affinity: 70, trust: -70 }, []);
    expect(value).toMatchObject({ affinity: 100, trust: 0 });
  });

  test('is bounded, whatever the model says', () => {
    const room = room3();
    const { turnId } = room.post('pat', 'q');
    room.start(turnId ?? '');
    room.act('kibitz', 'turn.say', {
      turnId,
      reply: { messageId: 'a', author: { type: 'bot', id: 'ada', name: 'Ada' }, text: 'a' },
    });
    const step = { affinity: 99, trust: -99.5, knowledge: ['a', ' ', 'b', 'c', 'd'] };
    room.act('kibitz', 'turn.settle', {
      turnId,
      messageId: 'a',
      since: room.state.seq,
      significance: 77,
      memories: [
        { witnessId: 'ada', text: 'x'.repeat(9_999) },
        { witnessId: 'nobody', text: 'not there' },
        { witnessId: 'bob', text: ' ' },
      ],
      edges: [
        { from: 'ada', to: 'bob', delta: step },
        { from: 'ada', to: 'nobody', delta: step },
        { from: 'bob', to: 'bob', delta: step },
      ],
    });
    expect(room.state.memories).toMatchObject([{ witnessId: 'ada', significance: 10 }]);
    expect(room.state.memories[0]?.text).toHaveLength(limits.memoryText);
    expect(room.state.edges).toMatchObject([
      { from: 'ada', to: 'bob', affinity: 60, trust: 40, knowledge: ['a', 'b'] },
    ]);
  });

  test('is nothing, when the message has left the timeline meanwhile', () => {
    const room = room3();
    const { messageId, turnId } = room.post('pat', 'q');
    room.start(turnId ?? '');
    const words: Words = { bot: 'ada', text: 'yes', steps: [[0, 3, 4]] };
    const reply = { messageId: 'a', author: { type: 'bot', id: 'ada', name: 'Ada' }, text: 'a' };
    room.act('kibitz', 'turn.say', { turnId, reply });
    room.act('pat', 'message.remove', { messageId });
    const before = room.state.seq;
    room.act('kibitz', 'turn.settle', {
      turnId,
      messageId: 'a',
      since: before,
      significance: 5,
      memories: [{ witnessId: 'ada', text: words.text }],
      edges: [],
    });
    expect(room.state.seq).toBe(before);
  });
});

describe('[CQ2] what follows from a message leaves and returns with it', () => {
  test('when the reply is written anew, in the append that replaces it', () => {
    const room = room3();
    ask(room, 'q', hello);
    const turnId = regenerate(room, (room.state.messages[1] as TimelineMessage).messageId);
    room.start(turnId);
    expect(room.state.memories).toHaveLength(3);
    const reply = { messageId: 'new', author: { type: 'bot', id: 'ada', name: 'Ada' }, text: 'new' };
    const { events } = room.act('kibitz', 'turn.say', { turnId, reply });
    expect(events.map(({ kind }) => kind)).toEqual([
      'message.replaced',
      'memory.withdrawn',
      'memory.withdrawn',
      'memory.withdrawn',
      'edge.updated',
    ]);
    expect(events.at(-1)).toMatchObject({
      data: { withdrawn: true, delta: { affinity: -4, trust: 4 }, after: { affinity: 50, trust: 50 } },
    });
    expect(feelings(room)).toEqual({ edges: [], memories: [] });
  });

  test('when an earlier version is shown again, with the interjections on it', () => {
    const room = room3();
    ask(room, 'q', aside);
    const first = feelings(room);
    const { messageId } = room.state.messages[1] as TimelineMessage;
    run(room, regenerate(room, messageId), hello);
    const second = feelings(room);
    expect(second).not.toEqual(first);
    room.act('pat', 'reply.select', { messageId });
    expect(feelings(room)).toEqual(first);
    room.act('pat', 'reply.select', {
      messageId: room.state.messages[1]?.versions.at(-1)?.messageId ?? '',
    });
    expect(feelings(room)).toEqual(second);
  });

  test('when the owner edits the reply itself: what followed from its old words is gone for good', () => {
    const room = room3();
    ask(room, 'q', hello);
    const { messageId } = room.state.messages[1] as TimelineMessage;
    room.act('own', 'message.edit', { messageId, text: 'something else' });
    expect(feelings(room)).toEqual({ edges: [], memories: [] });
    run(room, regenerate(room, messageId), aside);
    room.act('pat', 'reply.select', { messageId });
    expect(feelings(room)).toEqual({ edges: [], memories: [] });
  });

  test('written anew n times, a group leaves what its last version alone would have left', () => {
    fc.assert(
      fc.property(
        fc.array(group, { maxLength: 2 }),
        fc.array(group, { minLength: 1, maxLength: 5 }),
        fc.array(group, { maxLength: 3 }),
        (before, versions, later) => {
          const [many, once] = [room3(), room3()];
          const [first] = versions;
          const last = versions.at(-1);
          if (first === undefined || last === undefined) return;
          for (const room of [many, once]) {
            for (const answer of before) ask(room, 'before', answer);
            ask(room, 'q', room === many ? first : last);
            for (const answer of later) ask(room, 'next', answer);
          }
          const asked = once.state.messages.findIndex(({ text }) => text === 'q');
          for (const version of versions.slice(1)) {
            const standing = many.state.messages[asked + 1] as TimelineMessage;
            run(many, regenerate(many, standing.messageId), version);
          }
          // Interjections of one group may stand in the order of their first versions, and with them what they tell last.
          const summaries = ({ edges, memories }: ReturnType<typeof feelings>) => ({
            edges: edges.map(({ summary: _, knowledge, ...edge }) => ({
              ...edge,
              knowledge: knowledge.toSorted(),
            })),
            memories,
          });
          expect(summaries(feelings(many))).toEqual(summaries(feelings(once)));
          if (versions.every(([, others]) => others.length < 2))
            expect(feelings(many)).toEqual(feelings(once));
        },
      ),
      runs(300),
    );
  });

  test('rewound, and the rewind undone, everything is as before; removed, as if it had never been', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 6 }), fc.nat(5), (groups, pick) => {
        const [room, shorter] = [room3(), room3()];
        const asked = groups.map((answer, index) => ask(room, `q${index}`, answer));
        const kept = pick % groups.length;
        for (const [index, answer] of groups.slice(0, kept).entries()) ask(shorter, `q${index}`, answer);
        const { edges, memories, messages } = room.state;
        const before = { edges, memories, messages };
        room.act('mod', 'history.rewind', { messageId: asked[kept] ?? '' });
        expect(feelings(room)).toEqual(feelings(shorter));
        room.act('mod', 'history.undo', {});
        const after = room.state;
        expect({ edges: after.edges, memories: after.memories, messages: after.messages }).toEqual(before);
        for (const messageId of asked.slice(kept)) room.act('own', 'message.remove', { messageId });
        expect(feelings(room)).toEqual(feelings(shorter));
      }),
      runs(300),
    );
  });
});

describe('[CQ3] whatever happens in a room', () => {
  test('it feels and remembers what follows from the messages that stand, and nothing else', () => {
    fc.assert(
      fc.property(intents(), (plan) => {
        const { state, standing } = play(plan);
        const memories = standing.flatMap((one) => (one.kind === 'memory' ? [one.memory] : []));
        expect(new Set(state.memories.map(({ memoryId }) => memoryId))).toEqual(
          new Set(memories.map(({ memoryId }) => memoryId)),
        );
        const changes = standing.flatMap((one) => (one.kind === 'edge' ? [one.change] : []));
        const pairs = Map.groupBy(changes, ({ from, to }) => `${from} ${to}`);
        expect(state.edges.map(({ from, to }) => `${from} ${to}`)).toEqual([...pairs.keys()].sort());
        for (const { from, to, sum, changes: count, ...value } of state.edges) {
          const own = pairs.get(`${from} ${to}`) ?? [];
          const add = (key: 'affinity' | 'trust') => own.reduce((all, { delta }) => all + delta[key], 0);
          expect({ sum, count }).toEqual({
            sum: { affinity: add('affinity'), trust: add('trust') },
            count: own.length,
          });
          expect(value).toEqual(edgeValue(sum, own));
        }
      }),
      runs(300),
    );
  });
});

describe('[CQ4] a bot that is reset or removed', () => {
  test('remembers nothing, feels nothing and is felt nothing about; what it was there for does not come back', () => {
    const room = room3();
    ask(room, 'q', aside);
    const { messageId } = room.state.messages[1] as TimelineMessage;
    room.act('mod', 'bot.remove', { botId: 'bob' });
    expect(
      JSON.stringify([room.state.edges, room.state.memories.map(({ witnessId }) => witnessId)]),
    ).not.toContain('bob');
    room.act('mod', 'bot.add', { ...bob });
    run(room, regenerate(room, messageId), hello);
    room.act('pat', 'reply.select', { messageId });
    expect(room.state.memories.map(({ witnessId }) => witnessId)).not.toContain('bob');
    expect(room.state.edges.flatMap(({ from, to }) => [from, to])).not.toContain('bob');
  });
});

test('[CQ5] who came after an exchange began gains nothing from it', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('in', 'out', 'ask'), group), { maxLength: 12 }), (plan) => {
      const room = room3();
      /** What each bot was there for, from when it came in. */
      const heard: string[] = [];
      for (const [index, [what, answer]] of plan.entries()) {
        const isThere = room.state.bots.some(({ botId }) => botId === 'cleo');
        if (what === 'out' && isThere) {
          room.act('mod', 'bot.remove', { botId: 'cleo' });
          heard.length = 0;
        } else if (what === 'in' && !isThere) room.act('mod', 'bot.add', { ...cleo });
        else if (what === 'ask') {
          const { turnId } = room.post('pat', `q${index}`);
          room.start(turnId ?? '');
          const began = room.state.seq;
          // Cleo comes or goes while the reply is being written.
          if (index % 3 === 0 && !isThere) room.act('mod', 'bot.add', { ...cleo });
          const messageId = `said${`${room.state.seq}`.padStart(6, '0')}`;
          const reply = { messageId, author: { type: 'bot', id: 'ada', name: 'Ada' }, text: answer[0].text };
          room.act('kibitz', 'turn.say', { turnId, reply });
          const memories = cast.map((witnessId) => ({ witnessId, text: `secret ${index}` }));
          room.act('kibitz', 'turn.settle', {
            turnId,
            messageId,
            since: began,
            significance: 3,
            memories,
            edges: [],
          });
          room.act('kibitz', 'turn.finish', { turnId, outcome: 'completed' });
          if (isThere) heard.push(`secret ${index}`);
        }
      }
      const remembered = room.state.memories.filter(({ witnessId }) => witnessId === 'cleo');
      expect(remembered.map(({ text }) => text)).toEqual(heard);
    }),
    runs(300),
  );
});
