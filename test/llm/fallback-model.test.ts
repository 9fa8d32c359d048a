import { expect, test } from 'vitest';
import { z } from 'zod';
import { withFallback } from '../../src/llm/fallback-model.ts';
import type { LanguageModel, StructuredResult } from '../../src/llm/language-model.ts';
import { type ModelErrorKind, modelError } from '../../src/llm/model-error.ts';
import { createManualClock } from '../support/manual-clock.ts';
import {
  aborted,
  ask,
  drain,
  end,
  endOf,
  type FakeStep,
  fakeModel,
  never,
  shown,
  someUsage,
  text,
} from './fakes.ts';

const failed = (kind: ModelErrorKind, message: string = kind) => modelError(kind, message);

function pair(primarySteps: readonly FakeStep[], secondarySteps: readonly FakeStep[]) {
  const primary = fakeModel('one', primarySteps);
  const secondary = fakeModel('two', secondarySteps);
  const warnings: string[] = [];
  const log = { warn: (_: object, message: string) => void warnings.push(message) };
  return { primary, secondary, warnings, model: withFallback(primary, secondary, log) };
}

test('a model that answers is not fallen back from', async () => {
  const { model, secondary, warnings } = pair([text('a'), end('one')], []);
  expect((await drain(model.stream(ask('hi'), never()))).parts).toEqual([text('a'), end('one')]);
  expect([secondary.requests, warnings]).toEqual([[], []]);
});

test.each(['connection', 'timeout', 'rate_limited', 'server', 'garbage'] as const)(
  'after %s the second model answers, and the end says so',
  async (kind) => {
    const { model, warnings } = pair([failed(kind)], [text('b'), end('two')]);
    const { parts } = await drain(model.stream(ask('hi'), never()));
    expect(parts).toEqual([text('b'), { ...end('two'), fallback: true }]);
    expect(warnings).toHaveLength(1);
  },
);

test.each(['auth', 'rejected'] as const)(
  '%s is reported, since another endpoint does not cure it',
  async (kind) => {
    const { model, secondary } = pair([failed(kind)], [text('b'), end()]);
    expect((await drain(model.stream(ask('hi'), never()))).error).toHaveProperty('message', kind);
    expect(secondary.requests).toHaveLength(0);
  },
);

test('[MD2] after visible text the reply is restarted before the second model says anything', async () => {
  const { model } = pair([text('Hel'), failed('connection')], [text('Good'), text(' day'), end('two')]);
  const { parts } = await drain(model.stream(ask('hi'), never()));
  expect(parts.map((part) => part.type)).toEqual(['text', 'restart', 'text', 'text', 'end']);
  expect(shown(parts)).toBe('Good day');
  expect(endOf(parts)).toMatchObject({ fallback: true, model: 'two' });
});

test('when the second model says nothing either, what the first one said stays', async () => {
  const { model } = pair([text('Hel'), failed('connection', 'first')], [failed('server', 'second')]);
  const { parts, error } = await drain(model.stream(ask('hi'), never()));
  expect(shown(parts)).toBe('Hel');
  expect(error).toHaveProperty('message', 'first');
});

test.each<[ModelErrorKind, ModelErrorKind, string]>([
  ['connection', 'server', 'first'],
  ['connection', 'auth', 'first'],
  ['connection', 'rate_limited', 'second'],
  ['rate_limited', 'rate_limited', 'first'],
  ['rate_limited', 'connection', 'first'],
])('when %s and then %s fail, people read the %s', async (one, two, told) => {
  const { model, warnings } = pair([failed(one, 'first')], [failed(two, 'second')]);
  expect((await drain(model.stream(ask('hi'), never()))).error).toHaveProperty('message', told);
  expect(warnings).toHaveLength(2);
});

test('[MD2] a stopped reply never falls back', async () => {
  const { model, secondary } = pair([text('a'), 'silence'], [text('b'), end()]);
  const stop = new AbortController();
  const iterator = model.stream(ask('hi'), stop.signal)[Symbol.asyncIterator]();
  await iterator.next();
  const next = iterator.next();
  stop.abort(failed('timeout', 'stopped'));
  await expect(next).rejects.toThrow('stopped');
  expect(secondary.requests).toHaveLength(0);
});

test("the request's model name is for the first endpoint only", async () => {
  const { model, primary, secondary } = pair([failed('server')], [end()]);
  await drain(model.stream({ ...ask('hi'), model: 'big', temperature: 0.5 }, never()));
  expect(primary.requests[0]).toMatchObject({ model: 'big' });
  expect(secondary.requests).toEqual([{ ...ask('hi'), temperature: 0.5 }]);
});

const request = { ...ask('n?'), task: 'count', schema: z.number(), deadline: 1_000, fallback: -1 };

/** A `structured` that gives this result; T is what the test's schema says. */
function gives(result: Partial<StructuredResult<number>>): LanguageModel['structured'] {
  return async (request) =>
    ({ value: request.fallback, source: 'default', usage: someUsage, ...result }) as StructuredResult<
      typeof request.fallback
    >;
}

function structuredPair(one: LanguageModel['structured'], two: LanguageModel['structured']) {
  const clock = createManualClock();
  const primary = fakeModel('one', [], one);
  const secondary = fakeModel('two', [], two);
  return { primary, secondary, clock, model: withFallback(primary, secondary, { warn: () => {} }, clock) };
}

test('a structured call falls back likewise, and counts both usages', async () => {
  const { model } = structuredPair(gives({ failure: 'timeout' }), gives({ source: 'model', value: 3 }));
  expect(await model.structured(request, never())).toMatchObject({
    value: 3,
    source: 'model',
    fallback: true,
    usage: { promptTokens: 14 },
  });
});

test.each<Partial<StructuredResult<number>>>([
  { source: 'model', value: 2 },
  { source: 'repaired', value: 2 },
  { failure: 'auth' },
])('a structured result of %o is kept', async (result) => {
  const { model, secondary } = structuredPair(gives(result), gives({ source: 'model', value: 3 }));
  expect(await model.structured(request, never())).toMatchObject(result);
  expect(secondary.requests).toHaveLength(0);
});

test('the first model leaves the second some of the time, and both keep the deadline', async () => {
  const { model, primary, secondary, clock } = structuredPair(
    async (request, signal) => {
      clock.advance(request.deadline);
      return gives({ failure: 'timeout' })(request, signal);
    },
    gives({ source: 'model', value: 3 }),
  );
  await model.structured(request, never());
  expect(primary.requests[0]).toMatchObject({ deadline: 600 });
  expect(secondary.requests[0]).toMatchObject({ deadline: 400 });
});

test('an aborted structured call throws and does not fall back', async () => {
  const { model, secondary } = structuredPair((_, signal) => aborted(signal), gives({}));
  const stop = new AbortController();
  const result = model.structured(request, stop.signal);
  stop.abort(new Error('stopped'));
  await expect(result).rejects.toThrow('stopped');
  expect(secondary.requests).toHaveLength(0);
});
