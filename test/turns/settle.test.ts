import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/domain/decide.ts';
import type { Memory } from '../../src/domain/relationships.ts';
import type { TimelineMessage } from '../../src/domain/room-state.ts';
import { KibitzError } from '../../src/lib/errors.ts';
import type { ChatMessage, LanguageModel, StreamPart } from '../../src/llm/language-model.ts';
import { runs } from '../support/runs.ts';
import { turnRoom } from '../support/turn-room.ts';

const usage = { promptTokens: 1, completionTokens: 1, estimated: false };

/** Words that are nobody else's: `w12`. */
const wordsIn = (text: string) => text.match(/\bw\d+\b/g) ?? [];

type Call = { task: string; messages: readonly ChatMessage[] };

/** A model whose every reply is a new word, and for which everybody remembers all the words they were shown. */
function wordy(wants: () => string[] = () => []) {
  let count = 0;
  const calls: Call[] = [];
  const newWord = () => `w${++count}`;
  const model: LanguageModel = {
    name: 'wordy',
    async *stream({ messages }): AsyncGenerator<StreamPart> {
      calls.push({ task: 'reply', messages });
      yield { type: 'text', text: newWord() };
      yield { type: 'end', finish: 'stop', usage, model: 'wordy', fallback: false };
    },
    structured: async ({ task, messages, schema, fallback }) => {
      calls.push({ task, messages });
      if (task === 'interjection') {
        const speakers = wants().map((botId) => ({ botId, eagerness: 1, reason: '' }));
        return { value: schema.parse({ speakers }), source: 'model', usage };
      }
      if (task !== 'settle') return { value: fallback, source: 'default', usage };
      const [system, ...said] = messages;
      const ids = [...(system?.content ?? '').matchAll(/^- ([\w-]+): \S+ — a (character|person)$/gm)];
      const text = `remembers ${said.flatMap(({ content }) => wordsIn(content)).join(' ')}`;
      const memories = ids.map(([, witnessId]) => ({ witnessId, text }));
      const edges = ids.flatMap(([, from]) =>
        ids.map(([, to]) => ({ from, to, affinity: 2, trust: 1, knowledge: [text], summary: text })),
      );
      return { value: schema.parse({ significance: 4, memories, edges }), source: 'model', usage };
    },
  };
  return { model, calls, newWord };
}

async function setUp(model: LanguageModel) {
  const room = await turnRoom(model);
  await room.update({ relationships: true });
  return room;
}

describe('[CQ1] after a reply', () => {
  test('one call tells what follows, for every bot there and every two there', async () => {
    const { model, calls } = wordy();
    const room = await setUp(model);
    await room.say('@Ada w0?');
    const settling = calls.filter(({ task }) => task === 'settle');
    expect(settling).toHaveLength(1);
    const { memories, edges, messages } = await room.log.stateOf(room.roomId);
    expect(memories.map(({ witnessId, text }) => [witnessId, text])).toEqual(
      ['ada', 'bob', 'cleo'].map((id) => [id, 'remembers w0 w1']),
    );
    expect(edges).toHaveLength(12);
    expect(edges.every(({ affinity, trust }) => affinity === 52 && trust === 51)).toBe(true);
    expect(new Set(memories.map(({ cause }) => cause))).toEqual(new Set([messages.at(-1)?.messageId]));
  });

  test('the next prompt of a bot has what it remembers and how it sees the others, and nobody else’s', async () => {
    const { model, calls } = wordy();
    const room = await setUp(model);
    await room.say('@Ada w0?');
    await room.say('@Bob hello');
    const prompt = calls.filter(({ task }) => task === 'reply').at(-1)?.messages[0]?.content ?? '';
    expect(prompt).toContain('What you remember:\n- remembers w0 w1');
    expect(prompt).toMatch(/- Ada: affinity 52 of 100, trust 51 of 100\. remembers w0 w1/);
    expect(prompt.match(/^- remembers/gm)).toHaveLength(1);
    expect(prompt).not.toMatch(/- Bob: affinity/);
  });

  test('an interjection has a call of its own, with itself as the cause', async () => {
    const { model, calls } = wordy(() => ['bob']);
    const room = await setUp(model);
    await room.say('@Ada w0?');
    expect(calls.map(({ task }) => task)).toEqual(['reply', 'settle', 'interjection', 'reply', 'settle']);
    const { memories, messages } = await room.log.stateOf(room.roomId);
    expect(memories.map(({ cause }) => cause)).toEqual(
      messages.slice(1).flatMap(({ messageId }) => [messageId, messageId, messageId]),
    );
  });

  test('a room without relationships asks nothing and writes nothing', async () => {
    const { model, calls } = wordy();
    const room = await setUp(model);
    await room.update({ relationships: false });
    await room.say('@Ada w0?');
    expect(calls.map(({ task }) => task)).toEqual(['reply', 'interjection']);
    expect(await room.log.stateOf(room.roomId)).toMatchObject({ memories: [], edges: [] });
  });

  test('a call that comes to nothing leaves the reply, and the turn completes', async () => {
    const { model } = wordy();
    const failing: LanguageModel = {
      ...model,
      structured: async ({ fallback }) => ({ value: fallback, source: 'default', usage }),
    };
    const room = await setUp(failing);
    await room.say('@Ada w0?');
    expect(await room.texts()).toEqual(['@Ada w0?', 'w1']);
    const ended = (await room.log.eventsAfter(room.roomId, 0, 100)).filter(
      ({ kind }) => kind === 'turn.ended',
    );
    expect(ended.map(({ data }) => data)).toMatchObject([{ outcome: 'completed' }]);
  });
});

type Deed = {
  what: 'say' | 'regenerate' | 'rewrite' | 'select' | 'remove' | 'rewind' | 'undo' | 'cleo';
  pick: number;
};
const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.record({
    what: fc.oneof(
      { arbitrary: fc.constantFrom('say' as const), weight: 3 },
      { arbitrary: fc.constantFrom('regenerate' as const, 'rewrite' as const), weight: 3 },
      { arbitrary: fc.constantFrom('select', 'remove', 'rewind', 'undo', 'cleo' as const), weight: 3 },
    ),
    pick: fc.nat(99),
  }),
  { minLength: 4, maxLength: 14 },
);

function commandFor(
  { what, pick }: Deed,
  messages: TimelineMessage[],
  hasCleo: boolean,
  word: string,
): Command {
  const picked = messages[pick % Math.max(1, messages.length)];
  const replies = messages.filter(({ author }) => author.type === 'bot');
  const reply = replies[pick % Math.max(1, replies.length)];
  const messageId = picked?.messageId ?? 'none';
  switch (what) {
    case 'say':
      return { name: 'message.post', args: { text: `@${['Ada', 'Bob'][pick % 2]} ${word}?` } };
    case 'regenerate':
      return { name: 'reply.regenerate', args: { messageId: reply?.messageId ?? 'none' } };
    case 'rewrite':
      return {
        name: 'reply.regenerate',
        args: { messageId: reply?.messageId ?? 'none', text: `@Ada ${word}!` },
      };
    case 'select':
      return {
        name: 'reply.select',
        args: { messageId: reply?.versions[pick % Math.max(1, reply.versions.length)]?.messageId ?? 'none' },
      };
    case 'remove':
      return { name: 'message.remove', args: { messageId } };
    case 'rewind':
      return { name: 'history.rewind', args: { messageId } };
    case 'undo':
      return { name: 'history.undo', args: {} };
    case 'cleo':
      return hasCleo
        ? { name: 'bot.remove', args: { botId: 'cleo' } }
        : { name: 'bot.add', args: { botId: 'cleo', name: 'Cleo' } };
  }
}

describe('whatever people do', () => {
  test('[CQ6] no prompt has words that gave way, and nobody remembers what they were not there for', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (plan) => {
        let talkers: string[] = [];
        const { model, calls, newWord } = wordy(() => talkers);
        const room = await setUp(model);
        try {
          for (const deed of plan) {
            talkers = [['bob'], ['cleo', 'bob'], []][deed.pick % 3] ?? [];
            const before = await room.log.stateOf(room.roomId);
            const hasCleo = before.bots.some(({ botId }) => botId === 'cleo');
            calls.length = 0;
            await room
              .act(commandFor(deed, before.messages, hasCleo, newWord()))
              .catch((refusal: unknown) => expect(refusal).toBeInstanceOf(KibitzError));
            await room.settled();
            const { messages, memories, bots, edges } = await room.log.stateOf(room.roomId);
            const standing = new Map(
              messages.flatMap((message) => wordsIn(message.text).map((word) => [word, message] as const)),
            );
            for (const { messages: prompt } of calls) {
              for (const word of wordsIn(JSON.stringify(prompt))) expect(standing.has(word)).toBe(true);
            }
            const told = [...memories.map(({ text }) => text), ...edges.map(({ summary }) => summary)];
            for (const word of told.flatMap(wordsIn)) expect(standing.has(word)).toBe(true);
            const since = new Map(bots.map((bot) => [bot.botId, bot.since]));
            const wasThere = ({ witnessId, text }: Memory) =>
              wordsIn(text).every(
                (word) => (standing.get(word)?.seq ?? 0) > (since.get(witnessId) ?? Infinity),
              );
            expect(memories.filter((memory) => !wasThere(memory))).toEqual([]);
          }
        } finally {
          await room.close();
        }
      }),
      runs(20),
    );
  });
});
