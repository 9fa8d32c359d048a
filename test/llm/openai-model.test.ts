import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { KibitzError } from '../../src/lib/errors.ts';
import { createOpenAiModel } from '../../src/llm/openai-model.ts';
import { createManualClock } from '../support/manual-clock.ts';
import {
  createGate,
  fails,
  htmlPage,
  type Script,
  type ScriptedEndpoint,
  says,
  saysGated,
  startScriptedEndpoint,
} from '../support/scripted-endpoint.ts';
import { ask, drain, endOf, never, shown } from './fakes.ts';

const apiKey = 'sk-very-secret';
let endpoint: ScriptedEndpoint;
beforeEach(async () => {
  endpoint = await startScriptedEndpoint();
});
afterEach(() => endpoint.close());

function connect(over: { apiKey?: string; baseURL?: string } = { apiKey }) {
  const clock = createManualClock();
  return { clock, model: createOpenAiModel({ baseURL: endpoint.baseURL, model: 'small', clock, ...over }) };
}

/** What a reader gets of a reply that goes as scripted. */
async function replyTo(script: Script) {
  endpoint.next(script);
  const { parts, error } = await drain(connect().model.stream(ask('hi'), never()));
  return { parts, said: shown(parts), end: endOf(parts), error: error as KibitzError | undefined };
}

test('a reply arrives in pieces and ends with the usage the endpoint reports', async () => {
  const { parts } = await replyTo(says('Hel', 'lo\n\n', '„Ü😀“'));
  expect(parts).toEqual([
    { type: 'text', text: 'Hel' },
    { type: 'text', text: 'lo\n\n' },
    { type: 'text', text: '„Ü😀“' },
    {
      type: 'end',
      finish: 'stop',
      usage: { promptTokens: 7, completionTokens: 5, estimated: false },
      model: 'small',
      fallback: false,
    },
  ]);
});

test('the request carries the messages, the options and the key', async () => {
  endpoint.next(says('ok'));
  const request = { ...ask('hi'), model: 'large', temperature: 0.3, maxTokens: 50 };
  await drain(connect().model.stream(request, never()));
  const recorded = await endpoint.request(0);
  expect(recorded.path).toBe('/v1/chat/completions');
  expect(recorded.headers.authorization).toBe(`Bearer ${apiKey}`);
  expect(recorded.body).toEqual({
    model: 'large',
    messages: [{ role: 'user', content: 'hi' }],
    temperature: 0.3,
    max_tokens: 50,
    stream: true,
    stream_options: { include_usage: true },
  });
});

test('every piece is passed on when it comes, not at the end', async () => {
  const gate = createGate();
  endpoint.next(saysGated(gate, 'one', 'two'));
  const iterator = connect().model.stream(ask('hi'), never())[Symbol.asyncIterator]();
  for (const piece of ['one', 'two']) {
    gate.release();
    expect((await iterator.next()).value).toEqual({ type: 'text', text: piece });
  }
  expect((await iterator.next()).value).toMatchObject({ type: 'end' });
});

test('without a key none is sent, not even one from the environment', async () => {
  process.env.OPENAI_API_KEY = 'sk-of-somebody-else';
  try {
    endpoint.next(says('ok'));
    await drain(connect({}).model.stream(ask('hi'), never()));
  } finally {
    delete process.env.OPENAI_API_KEY;
  }
  expect((await endpoint.request(0)).headers.authorization).toBeUndefined();
});

test('credentials in the address travel as a header', async () => {
  endpoint.next(says('ok'));
  const baseURL = endpoint.baseURL.replace('http://', 'http://ada:p%40ss@');
  const { error } = await drain(connect({ baseURL }).model.stream(ask('hi'), never()));
  expect(error).toBeUndefined();
  const expected = `Basic ${Buffer.from('ada:p@ss').toString('base64')}`;
  expect((await endpoint.request(0)).headers.authorization).toBe(expected);
});

test.each<[string, Script]>([
  ['leaves out the role', { ...says('Hello'), role: false }],
  ['leaves out [DONE]', { ...says('Hello'), done: false }],
  ['sends chunks without choices', { steps: [{ raw: 'data: {"id":"x"}\n\n' }, { text: 'Hello' }] }],
  ['sends comments', { steps: [{ raw: ': waiting\n\n' }, { text: 'Hello' }] }],
  [
    'sends content in parts',
    { steps: [{ raw: 'data: {"choices":[{"delta":{"content":[{"type":"text","text":"Hello"}]}}]}\n\n' }] },
  ],
  [
    'splits an event over packets',
    { steps: [{ raw: 'data: {"choices":[{"del' }, { raw: 'ta":{"content":"Hello"}}]}\r\n\r\n' }] },
  ],
  ['answers with one JSON body', { ...says('Hel', 'lo'), ignoreStream: true }],
])('an endpoint that %s is understood', async (_, script) => {
  expect(await replyTo(script)).toMatchObject({ said: 'Hello', end: { finish: 'stop' }, error: undefined });
});

test('wherever the network divides the bytes, the text is the same', async () => {
  const pieces = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(pieces, fc.array(fc.nat(400)), async (texts, cuts) => {
      const events = texts.map(
        (content) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`,
      );
      const bytes = new TextEncoder().encode(events.join(''));
      const edges = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      const chunks = edges.slice(1).map((edge, at) => bytes.slice(edges[at], edge));
      const fetch = async () =>
        new Response(ReadableStream.from(chunks), { headers: { 'content-type': 'text/event-stream' } });
      const model = createOpenAiModel({
        baseURL: 'http://model/v1',
        model: 'm',
        clock: createManualClock(),
        fetch,
      });
      const { parts } = await drain(model.stream(ask('hi'), never()));
      expect(parts.flatMap((part) => (part.type === 'text' ? [part.text] : []))).toEqual(texts);
    }),
  );
});

test('[MD6] usage that is not reported is estimated at 4 characters a token', async () => {
  const { end } = await replyTo({ ...says('12345678', '9'), usage: false });
  expect(end?.usage).toEqual({ promptTokens: 1, completionTokens: 3, estimated: true });
});

test.each([
  ['stop', 'stop'],
  ['tool_calls', 'stop'],
  ['length', 'length'],
  ['content_filter', 'truncated'],
  [null, 'truncated'],
])('finish reason %s means %s', async (finish, expected) => {
  expect((await replyTo({ ...says('Hel'), finish, done: false })).end?.finish).toBe(expected);
});

test('an endpoint that keeps the line open after the end is not waited for', async () => {
  const last = 'data: {"choices":[{"delta":{"content":"Hello"},"finish_reason":"stop"}]}\n\n';
  endpoint.next({ steps: [{ raw: last }, { stall: true }] });
  const { model, clock } = connect();
  const result = drain(model.stream(ask('hi'), never()));
  await expect.poll(() => clock.pending).toBe(1);
  clock.advance(2_000);
  const { parts, error } = await result;
  expect(error).toBeUndefined();
  expect(endOf(parts)).toMatchObject({ finish: 'stop', usage: { estimated: true } });
  expect(await endpoint.requests[0]?.ended).toBe('aborted');
});

test('an endpoint that does not know stream_options is asked without them, from then on at once', async () => {
  endpoint.next(fails(400, { message: 'Unknown parameter: stream_options' }), says('a'), says('b'));
  const { model } = connect();
  expect(shown((await drain(model.stream(ask('hi'), never()))).parts)).toBe('a');
  expect(shown((await drain(model.stream(ask('hi'), never()))).parts)).toBe('b');
  expect(endpoint.requests.map(({ body }) => 'stream_options' in body)).toEqual([true, false, false]);
});

const notTheProtocol = 'The model endpoint answered with something that is not a chat completion.';
const event = (data: string): Script => ({ steps: [{ text: 'Hel' }, { raw: `data: ${data}\n\n` }] });

test.each<[string, Script, string, string, string]>([
  ['401', fails(401), 'auth', '', 'The model endpoint refused the key.'],
  ['403', fails(403), 'auth', '', 'The model endpoint does not allow this with the configured key.'],
  ['400', fails(400), 'rejected', '', 'The model endpoint refused the request (400).'],
  ['404', fails(404), 'rejected', '', 'The model endpoint does not know this model or address.'],
  ['413', fails(413), 'rejected', '', 'The conversation is too long for this model.'],
  [
    'a context that is too long',
    fails(400, { code: 'context_length_exceeded' }),
    'rejected',
    '',
    'The conversation is too long for this model.',
  ],
  ['408', fails(408), 'timeout', '', 'The model endpoint took too long to answer.'],
  ['429', fails(429), 'rate_limited', '', 'The model endpoint is busy and asks to slow down.'],
  [
    'a used up quota',
    fails(429, { code: 'insufficient_quota' }),
    'rate_limited',
    '',
    "The model account's quota is used up.",
  ],
  ['500', fails(500), 'server', '', 'The model endpoint has a problem on its side.'],
  ['503 with a page', htmlPage(503), 'server', '', 'The model endpoint has a problem on its side.'],
  ['an HTML page', htmlPage(), 'garbage', '', notTheProtocol],
  ['plain text', { status: 200, body: 'hello' }, 'garbage', '', notTheProtocol],
  [
    'JSON of another kind',
    { status: 200, headers: { 'content-type': 'application/json' }, body: '[1]' },
    'garbage',
    '',
    notTheProtocol,
  ],
  ['an empty body', { status: 200 }, 'garbage', '', notTheProtocol],
  ['an empty stream', { steps: [], finish: null, usage: false }, 'garbage', '', notTheProtocol],
  ['broken JSON in an event', event('{oops'), 'garbage', 'Hel', notTheProtocol],
  ['an event of another kind', event('{"choices":7}'), 'garbage', 'Hel', notTheProtocol],
  [
    'an error in the stream',
    event('{"error":{"message":"overloaded"}}'),
    'server',
    'Hel',
    'The model endpoint has a problem on its side.',
  ],
  [
    'a 429 in the stream',
    event('{"error":{"code":429}}'),
    'rate_limited',
    'Hel',
    'The model endpoint is busy and asks to slow down.',
  ],
  [
    'a reset before any answer',
    { steps: [{ cut: true }], ignoreStream: true },
    'connection',
    '',
    'The model endpoint could not be reached.',
  ],
  [
    'a reset in the middle',
    { steps: [{ text: 'Hel' }, { cut: true }] },
    'connection',
    'Hel',
    'The connection to the model endpoint was lost.',
  ],
])(
  '[F21] %s ends the reply in plain words, keeping what was said',
  async (_, script, kind, said, message) => {
    const reply = await replyTo(script);
    expect(reply).toMatchObject({
      said,
      end: undefined,
      error: { code: 'unavailable', message, details: { kind } },
    });
  },
);

test.each([
  ['7', 7],
  ['1.2', 2],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['soon', undefined],
])('Retry-After %s is %s seconds', async (header, seconds) => {
  const { error } = await replyTo(fails(429, {}, { 'retry-after': header }));
  expect(error?.details?.retryAfter).toBe(seconds);
});

test('[MD4] nothing of the key reaches an error or its cause', async () => {
  const { error } = await replyTo(fails(401, { message: `Incorrect API key provided: ${apiKey}` }));
  expect(String(error?.cause)).toContain('[key]');
  expect(`${error?.message} ${String(error?.cause)} ${JSON.stringify(error)}`).not.toContain(apiKey);
});

test('an endpoint that is not there is a connection error', async () => {
  const { baseURL } = endpoint;
  await endpoint.close();
  const { error } = await drain(connect({ baseURL }).model.stream(ask('hi'), never()));
  expect(error).toMatchObject({
    message: 'The model endpoint could not be reached.',
    details: { kind: 'connection' },
  });
  endpoint = await startScriptedEndpoint();
});

test.each(['before the first piece', 'after it'])(
  'stopping %s throws the reason and hangs up',
  async (when) => {
    const steps =
      when === 'after it' ? [{ text: 'Hel' }, { stall: true as const }] : [{ stall: true as const }];
    endpoint.next({ steps });
    const stop = new AbortController();
    const iterator = connect().model.stream(ask('hi'), stop.signal)[Symbol.asyncIterator]();
    if (when === 'after it') await iterator.next();
    const next = iterator.next();
    next.catch(() => {});
    const request = await endpoint.request(0);
    stop.abort(new Error('stopped'));
    await expect(next).rejects.toThrow('stopped');
    expect(await request.ended).toBe('aborted');
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  },
);

test('after a stop nothing is passed on, even if it had arrived', async () => {
  const both = ['a', 'b'].map((text) => `data: {"choices":[{"delta":{"content":"${text}"}}]}\n\n`).join('');
  endpoint.next({ steps: [{ raw: both }, { stall: true }] });
  const stop = new AbortController();
  const iterator = connect().model.stream(ask('hi'), stop.signal)[Symbol.asyncIterator]();
  expect((await iterator.next()).value).toEqual({ type: 'text', text: 'a' });
  stop.abort(new Error('stopped'));
  await expect(iterator.next()).rejects.toThrow('stopped');
});

test('a reader who leaves hangs up', async () => {
  endpoint.next({ steps: [{ endless: 'on and on ' }] });
  for await (const _ of connect().model.stream(ask('hi'), never())) break;
  expect(await endpoint.requests[0]?.ended).toBe('aborted');
});

const structured = {
  ...ask('Who?'),
  task: 'who is it',
  schema: z.object({ id: z.string() }),
  deadline: 1_000,
  fallback: { id: 'host' },
};

test('a structured call gives the endpoint the schema and reads its answer', async () => {
  endpoint.next(says('{"id":', '"ada"}'));
  const result = await connect().model.structured(structured, never());
  expect(result).toMatchObject({
    value: { id: 'ada' },
    source: 'model',
    usage: { promptTokens: 7 },
    model: 'small',
  });
  expect(endpoint.requests[0]?.stream).toBe(false);
  expect(endpoint.requests[0]?.body.response_format).toMatchObject({
    type: 'json_schema',
    json_schema: { name: 'who_is_it', schema: { type: 'object', properties: { id: { type: 'string' } } } },
  });
});

test('an endpoint that refuses response_format is asked in words', async () => {
  endpoint.next(
    fails(400, { message: 'response_format is not supported' }),
    says('```json\n{"id":"ada"}\n```'),
  );
  expect(await connect().model.structured(structured, never())).toMatchObject({ value: { id: 'ada' } });
  expect(endpoint.requests[1]?.body).not.toHaveProperty('response_format');
  expect(endpoint.requests[1]?.lastText).toContain('JSON schema');
});

test.each<[string, Script, string]>([
  ['500', fails(500), 'server'],
  ['an HTML page', htmlPage(), 'garbage'],
  ['a reset', { steps: [{ cut: true }] }, 'connection'],
])('a structured call that meets %s gives the default', async (_, script, failure) => {
  endpoint.next(script);
  expect(await connect().model.structured(structured, never())).toMatchObject({
    value: { id: 'host' },
    source: 'default',
    failure,
  });
});

test('[MD3] a structured call that stalls ends at its deadline and hangs up', async () => {
  endpoint.next({ steps: [{ stall: true }] });
  const { model, clock } = connect();
  const result = model.structured(structured, never());
  const request = await endpoint.request(0);
  clock.advance(1_000);
  expect(await result).toMatchObject({ source: 'default', failure: 'timeout' });
  expect(await request.ended).toBe('aborted');
});
