import fc from 'fast-check';
import { expect, test } from 'vitest';
import { modelErrorKind } from '../../src/llm/model-error.ts';
import { defaultStreamLimits, withStreamLimits } from '../../src/llm/stream-limits.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { ask, drain, end, endOf, type FakeStep, fakeModel, never, shown, text } from './fakes.ts';

const limits = { firstToken: 100, idle: 50, total: 1_000, characters: 10 };

function limited(steps: readonly FakeStep[], over = limits) {
  const clock = createManualClock();
  const inner = fakeModel('inner', steps);
  return { clock, inner, model: withStreamLimits(inner, over, clock) };
}

function read(steps: readonly FakeStep[], over = limits) {
  const { model, ...rest } = limited(steps, over);
  return { ...rest, iterator: model.stream(ask('hi'), never())[Symbol.asyncIterator]() };
}

test('a stream within its limits passes unchanged and leaves no timer', async () => {
  const { model, clock } = limited([text('Hello'), text(' you'), end()]);
  expect((await drain(model.stream(ask('hi'), never()))).parts).toEqual([text('Hello'), text(' you'), end()]);
  expect(clock.pending).toBe(0);
});

test('[MD1] a model that does not begin is given up, and its call is aborted', async () => {
  const { iterator, clock, inner } = read(['silence']);
  const first = iterator.next();
  clock.advance(99);
  expect(inner.signals[0]?.aborted).toBe(false);
  clock.advance(1);
  const error = await first.catch((thrown: unknown) => thrown);
  expect(modelErrorKind(error)).toBe('timeout');
  expect(error).toHaveProperty('message', 'The model did not begin to answer in time.');
  expect(inner.signals[0]?.aborted).toBe(true);
  expect(clock.pending).toBe(0);
});

test('[MD1] a model that falls silent is given up; what it said was passed on', async () => {
  const { iterator, clock } = read([text('Hel'), 'silence']);
  expect((await iterator.next()).value).toEqual(text('Hel'));
  const second = iterator.next();
  clock.advance(50);
  await expect(second).rejects.toThrow('The model stopped in the middle of its answer.');
});

test('empty texts are no beginning', async () => {
  const { iterator, clock } = read([text(''), text(''), 'silence']);
  const first = iterator.next();
  await Promise.resolve();
  clock.advance(100);
  await expect(first).rejects.toThrow('did not begin');
});

test('time the reader takes is not held against the model', async () => {
  const { iterator, clock } = read([text('a'), text('b'), end()]);
  await iterator.next();
  clock.advance(500);
  expect((await iterator.next()).value).toEqual(text('b'));
});

test('a reply that goes on for too long is ended', async () => {
  const { iterator, clock } = read(
    Array.from({ length: 50 }, () => text('.')),
    { ...limits, characters: 100 },
  );
  for (let at = 0; at < 25; at += 1) {
    await iterator.next();
    clock.advance(40);
  }
  await expect(iterator.next()).rejects.toThrow('The reply took too long and was ended.');
});

test('a reply that grows too large ends with `length` at exactly the limit, and its call is aborted', async () => {
  const { model, clock, inner } = limited([text('12345'), text('67890'), text('more'), 'silence']);
  const { parts, error } = await drain(model.stream(ask('hi there'), never()));
  expect(error).toBeUndefined();
  expect(shown(parts)).toBe('1234567890');
  expect(endOf(parts)).toMatchObject({ finish: 'length', usage: { completionTokens: 3, estimated: true } });
  expect(inner.signals[0]?.aborted).toBe(true);
  expect(clock.pending).toBe(0);
});

test('any division of a long reply into pieces is cut at the same place, never inside a character', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }), { maxLength: 12 }),
      async (pieces) => {
        const { model } = limited([...pieces.map(text), end()]);
        const { parts } = await drain(model.stream(ask('x'), never()));
        const whole = pieces.join('');
        const said = shown(parts);
        expect(whole.startsWith(said)).toBe(true);
        expect(said.isWellFormed()).toBe(true);
        expect(said.length).toBeLessThanOrEqual(limits.characters);
        expect(endOf(parts)?.finish).toBe(whole.length > limits.characters ? 'length' : 'stop');
        if (whole.length > limits.characters)
          expect(said.length).toBeGreaterThanOrEqual(limits.characters - 1);
      },
    ),
  );
});

test('stopping throws the reason that the person had', async () => {
  const { model, clock, inner } = limited([text('a'), 'silence']);
  const stop = new AbortController();
  const iterator = model.stream(ask('hi'), stop.signal)[Symbol.asyncIterator]();
  await iterator.next();
  const second = iterator.next();
  stop.abort(new Error('stopped'));
  await expect(second).rejects.toThrow('stopped');
  expect(inner.signals[0]?.aborted).toBe(true);
  expect(clock.pending).toBe(0);
});

test('a reader who leaves ends the call', async () => {
  const { model, clock, inner } = limited([text('a'), text('b'), end()]);
  for await (const _ of model.stream(ask('hi'), never())) break;
  expect(inner.signals[0]?.aborted).toBe(true);
  expect(clock.pending).toBe(0);
});

test('the defaults are a minute, half a minute, ten minutes and 64,000 characters', () => {
  expect(defaultStreamLimits).toEqual({
    firstToken: 60_000,
    idle: 30_000,
    total: 600_000,
    characters: 64_000,
  });
});
