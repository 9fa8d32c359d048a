import { afterEach, beforeEach, expect, test } from 'vitest';
import { embedInBatches } from '../../src/llm/embed-in-batches.ts';
import { createOpenAiEmbeddings } from '../../src/llm/openai-embeddings.ts';
import { createManualClock } from '../support/manual-clock.ts';
import {
  type EmbeddingScript,
  fails,
  htmlPage,
  type ScriptedEndpoint,
  startScriptedEndpoint,
} from '../support/scripted-endpoint.ts';
import { until } from '../support/until.ts';
import { never } from './fakes.ts';

let endpoint: ScriptedEndpoint;
beforeEach(async () => {
  endpoint = await startScriptedEndpoint();
});
afterEach(() => endpoint.close());

function connect() {
  const clock = createManualClock();
  const options = { baseURL: endpoint.baseURL, apiKey: 'sk-secret', model: 'meaning', clock };
  return { clock, model: createOpenAiEmbeddings(options) };
}
const one = { texts: ['a car'], deadline: 1_000 };

test('texts come back as vectors of length 1, in their order, with the tokens they took', async () => {
  endpoint.embed(() => [
    [3, 4],
    [0, 2],
    [0, 0],
  ]);
  const { vectors, usage } = await connect().model.embed({ ...one, texts: ['a', 'b', 'c'] }, never());
  expect(vectors).toEqual(
    [
      [0.6, 0.8],
      [0, 1],
      [0, 0],
    ].map((numbers) => Float32Array.from(numbers)),
  );
  expect(usage).toEqual({ promptTokens: 1, completionTokens: 0, estimated: false });
  const [request] = endpoint.embeddings;
  expect(request?.body).toEqual({ model: 'meaning', input: ['a', 'b', 'c'], encoding_format: 'float' });
  expect(request?.headers.authorization).toBe('Bearer sk-secret');
  expect(endpoint.requests).toEqual([]);
});

const odd: [string, EmbeddingScript, string][] = [
  ['a page', () => htmlPage(), 'garbage'],
  ['too few', () => [], 'garbage'],
  ['too many', () => [[1], [1]], 'garbage'],
  ['empty vectors', () => [[]], 'garbage'],
  ['a wrong key', () => fails(401, { message: 'sk-secret is wrong' }), 'auth'],
  ['an unknown model', () => fails(404), 'rejected'],
  ['an outage', () => fails(503), 'server'],
  ['a limit', () => fails(429), 'rate_limited'],
];
test.each(odd)('%s is a failure that says its kind', async (_, script, kind) => {
  endpoint.embed(script);
  await expect(connect().model.embed(one, never())).rejects.toMatchObject({ details: { kind } });
});

test('vectors of several sizes are refused', async () => {
  endpoint.embed(() => [[1, 2], [1]]);
  const wanted = { ...one, texts: ['a', 'b'] };
  await expect(connect().model.embed(wanted, never())).rejects.toMatchObject({
    details: { kind: 'garbage' },
  });
});

test('one that takes too long is left, and so is one that is not wanted any more', async () => {
  endpoint.embed(() => 'stall');
  const { clock, model } = connect();
  const late = model.embed(one, never());
  await until('the request', () => endpoint.embeddings.length === 1);
  clock.advance(1_000);
  await expect(late).rejects.toMatchObject({ details: { kind: 'timeout' } });
  const stop = new AbortController();
  const stopped = model.embed(one, stop.signal);
  await until('the request', () => endpoint.embeddings.length === 2);
  stop.abort(new Error('enough'));
  await expect(stopped).rejects.toThrow('enough');
  expect(clock.pending).toBe(0);
});

test('many texts go in batches; what fails in passing is tried again so often, and no refusal is', async () => {
  const { clock, model } = connect();
  const meter = { purpose: 'embedding' };
  const texts = Array.from({ length: 130 }, (_, n) => `text ${n}`);
  const request = { texts, deadline: 1_000, tries: 3, meter };
  expect(await embedInBatches(model, request, never(), clock)).toHaveLength(130);
  expect(endpoint.embeddings.map(({ body }) => (body.input as string[]).length)).toEqual([64, 64, 2]);

  endpoint.embeddings.length = 0;
  endpoint.embed(() => fails(503));
  const failing = embedInBatches(model, { ...request, texts: ['a'], deadline: 1_000_000 }, never(), clock);
  const outcome = failing.catch((error: unknown) => error);
  await until('three calls', () => {
    clock.advance(100);
    return endpoint.embeddings.length === 3;
  });
  expect(clock.monotonic()).toBeGreaterThanOrEqual(1_500);
  expect(await outcome).toMatchObject({ details: { kind: 'server' } });
  expect(endpoint.embeddings).toHaveLength(3);

  endpoint.embed(() => fails(400));
  await expect(embedInBatches(model, request, never(), clock)).rejects.toMatchObject({
    details: { kind: 'rejected' },
  });
  expect(endpoint.embeddings).toHaveLength(4);
});
