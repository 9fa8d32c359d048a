import { expect, test } from 'vitest';
import { z } from 'zod';
import type { StructuredRequest } from '../../src/llm/language-model.ts';
import { modelError } from '../../src/llm/model-error.ts';
import { type Complete, type CompleteRequest, createStructured } from '../../src/llm/structured.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { aborted, ask, never, someUsage } from './fakes.ts';

const schema = z.object({ id: z.string(), confidence: z.enum(['high', 'low']) });
type Choice = z.infer<typeof schema>;
const good = '{"id":"ada","confidence":"high"}';
const request: StructuredRequest<Choice> = {
  ...ask('Who is meant?'),
  task: 'addressee',
  schema,
  deadline: 5_000,
  fallback: { id: 'host', confidence: 'low' },
};
const refused = () =>
  modelError('rejected', 'The model endpoint refused the request (400).', undefined, { status: 400 });

/** A completion that gives these answers in turn, and records what it was asked. */
function scripted(...answers: (string | Error | 'silence')[]) {
  const asked: CompleteRequest[] = [];
  const clock = createManualClock();
  const complete: Complete = async (request, signal) => {
    asked.push(request);
    const next = answers.shift();
    if (next === 'silence') return aborted(signal);
    if (next instanceof Error) throw next;
    return { text: next ?? '', usage: someUsage, model: 'm' };
  };
  return { asked, clock, structured: createStructured(complete, clock) };
}

test('a valid answer is the value, and the endpoint was given the schema', async () => {
  const { asked, clock, structured } = scripted(good);
  const result = await structured(request, never());
  expect(result).toEqual({
    value: { id: 'ada', confidence: 'high' },
    source: 'model',
    usage: someUsage,
    model: 'm',
  });
  expect(asked[0]?.jsonSchema).toMatchObject({ type: 'object', required: ['id', 'confidence'] });
  expect(asked[0]?.messages).toEqual(request.messages);
  expect(clock.pending).toBe(0);
});

test('one repair is asked for, and it names what was wrong', async () => {
  const { asked, structured } = scripted('{"id":"ada","confidence":"enormous"}', good);
  const result = await structured(request, never());
  expect(result).toMatchObject({ source: 'repaired', value: { id: 'ada' }, usage: { promptTokens: 14 } });
  const [question, answer, repair] = asked[1]?.messages ?? [];
  expect(question).toEqual(request.messages[0]);
  expect(answer).toMatchObject({ role: 'assistant', content: expect.stringContaining('enormous') });
  expect(repair?.content).toContain('confidence');
  expect(repair?.content).toContain('JSON schema');
});

test('after a repair that failed, too, it is the default, with the reason', async () => {
  const { asked, structured } = scripted('no', 'still no', good);
  const result = await structured(request, never());
  expect(result).toMatchObject({ value: request.fallback, source: 'default', failure: 'garbage' });
  expect(result.reason).toContain('no JSON value');
  expect(asked).toHaveLength(2);
});

test('an endpoint that refuses schemas is asked in words, from then on at once', async () => {
  const { asked, structured } = scripted(refused(), good, good);
  expect((await structured(request, never())).source).toBe('model');
  expect((await structured(request, never())).source).toBe('model');
  expect(asked.map((one) => one.jsonSchema !== undefined)).toEqual([true, false, false]);
  expect(asked[1]?.messages.at(-1)?.content).toContain('"confidence"');
});

test('a request that is refused in words as well says nothing about schemas', async () => {
  const { asked, structured } = scripted(refused(), refused(), good);
  expect(await structured(request, never())).toMatchObject({ source: 'default', failure: 'rejected' });
  await structured(request, never());
  expect(asked[2]?.jsonSchema).toBeDefined();
});

test('a list at the top is asked for in words, since endpoints want objects', async () => {
  const { asked, structured } = scripted('[1,2]');
  const result = await structured({ ...request, schema: z.array(z.number()), fallback: [] }, never());
  expect(result.value).toEqual([1, 2]);
  expect(asked[0]?.jsonSchema).toBeUndefined();
});

test('a failed call is the default, not an error', async () => {
  const { structured } = scripted(modelError('connection', 'The model endpoint could not be reached.'));
  expect(await structured(request, never())).toMatchObject({
    value: request.fallback,
    source: 'default',
    failure: 'connection',
    reason: 'The model endpoint could not be reached.',
  });
});

test.each([
  ['the first answer', ['silence'] as const],
  ['the repair', ['nonsense', 'silence'] as const],
])('the deadline ends a call that hangs at %s', async (_, answers) => {
  const { asked, clock, structured } = scripted(...answers);
  const result = structured(request, never());
  await expect.poll(() => asked.length).toBe(answers.length);
  clock.advance(4_999);
  clock.advance(1);
  expect(await result).toMatchObject({ source: 'default', failure: 'timeout', value: request.fallback });
});

test('an aborted call throws the reason', async () => {
  const { clock, structured } = scripted('silence');
  const stop = new AbortController();
  const result = structured(request, stop.signal);
  stop.abort(new Error('stopped'));
  await expect(result).rejects.toThrow('stopped');
  expect(clock.pending).toBe(0);
  await expect(structured(request, AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
});

test('a mistake in the code is not hidden behind the default', async () => {
  const { structured } = scripted(new TypeError('undefined is not a function'));
  await expect(structured(request, never())).rejects.toThrow(TypeError);
});
