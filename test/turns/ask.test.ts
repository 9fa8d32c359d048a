import { expect, test } from 'vitest';
import { initialState } from '../../src/domain/room-state.ts';
import type { ChatRequest, LanguageModel, StreamPart } from '../../src/llm/language-model.ts';
import { type AskEvent, createAsker, type Question } from '../../src/turns/ask/ask.ts';
import { createConversations } from '../../src/turns/ask/conversations.ts';
import { createMemoryConversations } from '../../src/turns/ask/memory-conversations.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createRecordedLog } from '../support/silent-log.ts';

const usage = { promptTokens: 1, completionTokens: 1, estimated: false };

function setUp(parts: (request: ChatRequest) => readonly (string | 'restart')[]) {
  const clock = createManualClock();
  const asked: ChatRequest[] = [];
  const queries: string[] = [];
  let ids = 0;
  const model: LanguageModel = {
    name: 'scripted',
    async *stream(request): AsyncGenerator<StreamPart> {
      asked.push(request);
      for (const part of parts(request)) {
        yield part === 'restart' ? { type: 'restart' } : { type: 'text', text: part };
      }
      yield { type: 'end', finish: 'stop', usage, model: 'scripted', fallback: false };
    },
    structured: async ({ fallback }) => ({ value: fallback, source: 'default', usage }),
  };
  const passage = {
    sourceId: 's',
    chunkId: 'c',
    title: 'Book',
    heading: '',
    anchor: '',
    summary: 'x',
    text: 'x',
  };
  const ask = createAsker({
    model,
    findPassages: async (_roomId, query) => {
      queries.push(query);
      return { tier: 'all', passages: [passage] };
    },
    conversations: createConversations({
      store: createMemoryConversations(clock),
      newId: () => `conversation${++ids}`,
      log: createRecordedLog(),
    }),
    budget: { soft: 1_000, hard: 2_000 },
  });
  const run = async (question: Partial<Question> & { query: string }) => {
    const events: AskEvent[] = [];
    const whole = {
      state: initialState('room'),
      userId: 'ann',
      bot: undefined,
      voiceWeight: 0.5,
      ...question,
    };
    await ask(whole, (event) => void events.push(event), new AbortController().signal);
    return events;
  };
  return { run, asked, queries, clock };
}

test('[AQ1] a side question gets its sources, its tokens and one end; what it cites was offered', async () => {
  const { run } = setUp(() => ['void [1]', 'restart', 'So [1', '] not [2].']);
  const events = await run({ query: 'Why?' });
  expect(events.map(({ event }) => event)).toEqual(['sources', 'token', 'token', 'token', 'token', 'done']);
  const tokens = events.flatMap((one) => (one.event === 'token' ? [one.data] : []));
  expect(
    tokens
      .filter(({ gen }) => gen === 1)
      .map(({ text }) => text)
      .join(''),
  ).toBe('So [1] not.');
  expect(events.at(-1)?.data).toEqual({
    conversationId: 'conversation1',
    tier: 'all',
    fallback: false,
    citations: [1],
    truncated: false,
  });
});

test('[AQ2] a conversation has its last ten pairs, for an hour without use, for its owner alone', async () => {
  const { run, asked, queries, clock } = setUp(() => ['Yes.']);
  const end = (await run({ query: 'q0 about lighthouses' })).at(-1);
  if (end?.event !== 'done') throw new Error('no end');
  const { conversationId } = end.data;
  await Promise.all(Array.from({ length: 12 }, (_, n) => run({ query: `q${n + 1}`, conversationId })));
  const last = asked.at(-1)?.messages ?? [];
  expect(last.filter(({ role }) => role === 'user').map(({ content }) => content)).toEqual(
    Array.from({ length: 11 }, (_, n) => `q${n + 2}`),
  );
  expect(queries[1]).toBe('q1 q0 about lighthouses');
  await expect(run({ query: 'mine?', conversationId, userId: 'ben' })).rejects.toMatchObject({
    code: 'not_found',
  });
  clock.advance(59 * 60_000);
  await run({ query: 'still?', conversationId });
  clock.advance(61 * 60_000);
  await expect(run({ query: 'gone?', conversationId })).rejects.toMatchObject({ code: 'not_found' });
});

test('[US16] a call for a side question says how the library was searched for it', async () => {
  const { run, asked } = setUp(() => ['Yes.']);
  await run({ query: 'Why?' });
  expect(asked[0]?.meter).toMatchObject({ purpose: 'ask', userId: 'ann', searchTier: 'all' });
});
