import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { estimateUsage } from '../../src/llm/estimate-usage.ts';
import { withFallback } from '../../src/llm/fallback-model.ts';
import type { ChatRequest, StreamPart, StructuredResult } from '../../src/llm/language-model.ts';
import { type ModelErrorKind, modelError } from '../../src/llm/model-error.ts';
import { createMeteredModel } from '../../src/usage/metered-model.ts';
import type { UsageCall } from '../../src/usage/usage-call.ts';
import { ask, drain, end, type FakeStep, fakeModel, never, someUsage, text } from '../llm/fakes.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { runs } from '../support/runs.ts';

function sink() {
  const calls: UsageCall[] = [];
  return { calls, record: (call: UsageCall) => void calls.push(call) };
}

const meter = { purpose: 'interjection', roomId: 'room', userId: 'ann', botId: 'ada', searchTier: 'words' };
const request: ChatRequest = { ...ask('a question of 28 characters.'), meter };
const failed = (kind: ModelErrorKind) => modelError(kind, kind);

test('[US1] a reply is one call, with who asked, what for, what it took and how long', async () => {
  const clock = createManualClock();
  const ledger = sink();
  const inner = fakeModel('one', []);
  inner.stream = async function* () {
    clock.advance(30);
    yield text('');
    clock.advance(20);
    yield text('Hello');
    clock.advance(100);
    yield end('one-2026');
  };
  const { parts } = await drain(createMeteredModel(inner, ledger, clock).stream(request, never()));
  expect(parts).toEqual([text(''), text('Hello'), end('one-2026')]);
  expect(ledger.calls).toEqual([
    {
      at: '2026-01-01T00:00:00.000Z',
      roomId: 'room',
      userId: 'ann',
      botId: 'ada',
      purpose: 'interjection',
      model: 'one-2026',
      tier: 'primary',
      searchTier: 'words',
      ...someUsage,
      firstTokenMs: 50,
      totalMs: 150,
      fallback: false,
      outcome: 'completed',
      errorKind: null,
    },
  ]);
});

test('[US3] a call that fails is estimated with what it said; one that was turned away took nothing', async () => {
  const ledger = sink();
  const run = (steps: FakeStep[]) =>
    drain(createMeteredModel(fakeModel('one', steps), ledger, createManualClock()).stream(request, never()));
  await run([text('12345'), failed('connection')]);
  await run([failed('timeout')]);
  await run([failed('server')]);
  for (const kind of ['connection', 'rate_limited', 'auth', 'rejected'] as const) await run([failed(kind)]);
  expect((await run([new Error('a bug')])).error).toHaveProperty('message', 'a bug');
  expect(
    ledger.calls.map(({ outcome, errorKind, promptTokens, completionTokens, estimated }) => [
      outcome,
      errorKind,
      promptTokens,
      completionTokens,
      estimated,
    ]),
  ).toEqual([
    ['failed', 'connection', 7, 2, true],
    ['failed', 'timeout', 7, 0, true],
    ['failed', 'server', 7, 0, true],
    ['failed', 'connection', 0, 0, true],
    ['failed', 'rate_limited', 0, 0, true],
    ['failed', 'auth', 0, 0, true],
    ['failed', 'rejected', 0, 0, true],
    ['failed', 'internal', 7, 0, true],
  ]);
});

test('[US3] a call that is stopped, or whose reader leaves, is estimated with the text so far', async () => {
  const ledger = sink();
  const model = createMeteredModel(fakeModel('one', [text('12345'), 'silence']), ledger, createManualClock());
  const stop = new AbortController();
  const iterator = model.stream(request, stop.signal)[Symbol.asyncIterator]();
  await iterator.next();
  const next = iterator.next();
  stop.abort(new Error('stopped'));
  await expect(next).rejects.toThrow('stopped');
  for await (const _ of model.stream(request, never())) break;
  const stopped = { outcome: 'stopped', errorKind: null, promptTokens: 7, completionTokens: 2 };
  expect(ledger.calls).toMatchObject([stopped, stopped]);
});

test.each([
  ['length', 'truncated'],
  ['truncated', 'truncated'],
  ['stop', 'completed'],
] as const)('[US3] a reply that ends by %s is %s', async (finish, outcome) => {
  const ledger = sink();
  const model = fakeModel('one', [{ ...end(), finish } as StreamPart]);
  await drain(createMeteredModel(model, ledger, createManualClock()).stream(request, never()));
  expect(ledger.calls).toMatchObject([{ outcome, promptTokens: 7, completionTokens: 5 }]);
});

test('[US3] an answer that the second endpoint had to give is two calls', async () => {
  const ledger = sink();
  const clock = createManualClock();
  const model = withFallback(
    createMeteredModel(fakeModel('one', [text('Hel'), failed('connection')]), ledger, clock),
    createMeteredModel(fakeModel('two', [text('Good'), end('two')]), ledger, clock, 'fallback'),
    { warn: () => {} },
  );
  await drain(model.stream(request, never()));
  expect(ledger.calls).toMatchObject([
    {
      tier: 'primary',
      model: 'one',
      outcome: 'failed',
      errorKind: 'connection',
      fallback: false,
      userId: 'ann',
    },
    { tier: 'fallback', model: 'two', outcome: 'completed', errorKind: null, fallback: true, userId: 'ann' },
  ]);
});

const count = { ...request, task: 'count', schema: z.number(), deadline: 1_000, fallback: -1 };
type Count = StructuredResult<number>;
const noTokens = { promptTokens: 0, completionTokens: 0, estimated: false };

test.each<[string, Partial<Count>, Partial<UsageCall>]>([
  ['an answer', { source: 'model', model: 'm' }, { outcome: 'completed', model: 'm', promptTokens: 7 }],
  ['a repaired answer', { source: 'repaired' }, { outcome: 'completed', errorKind: null }],
  [
    'garbage',
    { source: 'default', failure: 'garbage' },
    { outcome: 'failed', errorKind: 'garbage', ...someUsage },
  ],
  [
    'no answer in time',
    { source: 'default', failure: 'timeout', usage: noTokens },
    { outcome: 'failed', errorKind: 'timeout', promptTokens: 7, completionTokens: 0, estimated: true },
  ],
  [
    'a refusal',
    { source: 'default', failure: 'rate_limited', usage: noTokens },
    { outcome: 'failed', errorKind: 'rate_limited', promptTokens: 0, completionTokens: 0 },
  ],
  ['a default without a reason', { source: 'default' }, { outcome: 'failed', errorKind: 'default' }],
])('[US3] a structured call that comes to %s is one call', async (_, result, expected) => {
  const ledger = sink();
  const inner = fakeModel('one', [], async ({ fallback }) => ({
    value: fallback,
    source: 'model',
    usage: someUsage,
    ...(result as object),
  }));
  const model = createMeteredModel(inner, ledger, createManualClock());
  expect(await model.structured(count, never())).toMatchObject({ value: -1, ...result });
  expect(ledger.calls).toMatchObject([{ purpose: 'interjection', firstTokenMs: null, ...expected }]);
});

test('[US3] a structured call that is stopped is one call; without a meter it goes by its task', async () => {
  const ledger = sink();
  const inner = fakeModel('one', [], (_, signal) => Promise.reject(signal.reason));
  const { meter: _, ...plain } = count;
  const reason = new Error('stopped');
  const model = createMeteredModel(inner, ledger, createManualClock());
  await expect(model.structured(plain, AbortSignal.abort(reason))).rejects.toBe(reason);
  expect(ledger.calls).toMatchObject([
    { outcome: 'stopped', purpose: 'count', roomId: null, promptTokens: 7 },
  ]);
});

const kinds = ['connection', 'timeout', 'rate_limited', 'server', 'garbage', 'auth', 'rejected'] as const;
const usages = fc.record({
  promptTokens: fc.nat(10_000),
  completionTokens: fc.nat(10_000),
  estimated: fc.boolean(),
});
const steps = fc.oneof(
  { weight: 4, arbitrary: fc.string().map(text) },
  { weight: 1, arbitrary: fc.constant<FakeStep>({ type: 'restart' }) },
  {
    weight: 2,
    arbitrary: fc
      .record({ finish: fc.constantFrom('stop', 'length', 'truncated'), usage: usages })
      .map((told): FakeStep => ({ ...(end() as Extract<StreamPart, { type: 'end' }>), ...told })),
  },
  { weight: 1, arbitrary: fc.constantFrom(...kinds).map((kind): FakeStep => failed(kind)) },
  { weight: 1, arbitrary: fc.constant<FakeStep>(new Error('a bug')) },
  { weight: 1, arbitrary: fc.constant<FakeStep>('silence') },
);
const scripts = fc.record({
  steps: fc.array(steps, { maxLength: 8 }),
  leavesAfter: fc.option(fc.nat(8), { nil: undefined }),
});

test('[US3] whatever a model and its reader do, each call is one row and the sums are exact', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(scripts, { maxLength: 4 }), async (calls) => {
      const ledger = sink();
      let [prompt, completion] = [0, 0];
      await Promise.all(
        calls.map(async ({ steps, leavesAfter }) => {
          const plain = fakeModel('one', steps);
          const [stop, plainStop] = [new AbortController(), new AbortController()];
          const model = createMeteredModel(fakeModel('one', steps), ledger, createManualClock());
          const [seen, bare] = await Promise.all([
            read(model.stream(request, stop.signal), stop, leavesAfter),
            read(plain.stream(request, plainStop.signal), plainStop, leavesAfter),
          ]);
          expect(seen).toEqual(bare);
          const took = tokensOf(seen);
          prompt += took.promptTokens;
          completion += took.completionTokens;
        }),
      );
      expect(ledger.calls).toHaveLength(calls.length);
      expect(ledger.calls.reduce((sum, call) => sum + call.promptTokens, 0)).toBe(prompt);
      expect(ledger.calls.reduce((sum, call) => sum + call.completionTokens, 0)).toBe(completion);
    }),
    runs(300),
  );
});

type Read = { parts: StreamPart[]; error: unknown };

/** Reads a stream to its end, leaves it after so many parts, and stops it where it is silent. */
async function read(
  stream: AsyncIterable<StreamPart>,
  stop: AbortController,
  leavesAfter = Number.POSITIVE_INFINITY,
): Promise<Read> {
  const parts: StreamPart[] = [];
  const reading = (async () => {
    for await (const part of stream) {
      parts.push(part);
      if (parts.length > leavesAfter) return undefined;
    }
    return undefined;
  })().catch((error: unknown) => error);
  const silent = new Promise<void>((resolve) => void setImmediate(resolve));
  await Promise.race([reading, silent]);
  stop.abort(new Error('stopped'));
  return { parts, error: await reading };
}

/** What a call of these parts took: the latest that was told, else an estimate of all that was said. */
function tokensOf({ parts, error }: Read) {
  const told = parts.findLast((part) => part.type === 'end');
  if (told !== undefined) return told.usage;
  const said = parts.reduce((sum, part) => sum + (part.type === 'text' ? part.text.length : 0), 0);
  const isTurnedAway =
    said === 0 && error instanceof Error && /^(connection|rate_limited|auth|rejected)$/.test(error.message);
  return estimateUsage(isTurnedAway ? [] : request.messages, said);
}
