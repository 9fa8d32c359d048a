import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { defaultStreamLimits } from '../../src/llm/stream-limits.ts';
import { usageResult } from '../../src/protocol/usage.ts';
import { makeRoomWithBot, signUp } from '../support/client.ts';
import { RoomView } from '../support/room-view.ts';
import { fails, htmlPage, type Script, says, startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import { startApp } from '../support/start-app.ts';
import { until } from '../support/until.ts';

/** Asks a bot whose first endpoint is at `baseUrl`, with a second one that says `second`; what a tab and the ledger tell of it. */
async function askWithFallback(baseUrl: string, second: Script = says('Right ', 'answer')) {
  await using endpoint = await startScriptedEndpoint();
  endpoint.reply(second);
  await using app = await startApp(
    {
      endpoint: { baseUrl, apiKey: 'sk-first', model: 'first' },
      fallback: { baseUrl: endpoint.baseURL, apiKey: 'sk-second', model: 'second' },
    },
    { replyLimits: { ...defaultStreamLimits, firstToken: 300, idle: 300 } },
  );
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const socket = await ann.connect();
  const view = new RoomView(socket, roomId);
  /** The live text by its generation, as tabs got it. */
  const live = new Map<number, string>();
  socket.on('token', ({ gen, text }) => live.set(gen, (live.get(gen) ?? '') + text));
  await view.join();
  const asked = await socket.emitWithAck('message.post', { roomId, text: 'Are you there?' });
  if (!asked.ok || asked.turnId === undefined) throw new Error('no turn');
  const { data } = await view.turnEnd(asked.turnId);
  const calls = await until('both calls to be written down', async () => {
    const { body } = await ann.call('GET', `/api/rooms/${roomId}/usage`);
    const told = usageResult.parse(body).calls;
    return told.length >= 2 ? told : undefined;
  });
  socket.close();
  const reply = view.state?.messages.find(({ author }) => author.type === 'bot');
  return {
    data,
    reply,
    live: [...live],
    shown: reply && view.finalDrafts.get(reply.messageId),
    log: JSON.stringify(view.events),
    requests: endpoint.requests,
    calls: calls.toSorted((a, b) => (a.tier === b.tier ? 0 : a.tier === 'primary' ? -1 : 1)),
  };
}

/** The same with a first endpoint that plays `script`. */
async function askAfter(script: Script, second?: Script) {
  await using endpoint = await startScriptedEndpoint();
  endpoint.reply(script);
  return await askWithFallback(endpoint.baseURL, second);
}

/** An address on which nobody listens. */
async function closedPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}/v1`;
}

type Told = Awaited<ReturnType<typeof askWithFallback>>;

function expectTheSecondAnswered({ data, reply, shown, calls, requests }: Told, errorKind: string) {
  expect(data).toMatchObject({ outcome: 'completed' });
  expect(reply).toMatchObject({ text: 'Right answer', model: 'second', fallback: true, truncated: false });
  expect(shown).toBe('Right answer');
  expect(requests).toHaveLength(1);
  const common = { purpose: 'reply', userId: expect.any(String), botId: expect.any(String) };
  expect(calls).toMatchObject([
    {
      ...common,
      tier: 'primary',
      model: 'first',
      outcome: 'failed',
      errorKind,
      fallback: false,
      estimated: true,
    },
    {
      ...common,
      tier: 'fallback',
      model: 'second',
      outcome: 'completed',
      errorKind: null,
      fallback: true,
      promptTokens: 7,
      completionTokens: 5,
      firstTokenMs: expect.any(Number),
    },
  ]);
}

const wordless: [string, () => Promise<Told>, string][] = [
  ['refuses the connection', async () => askWithFallback(await closedPort()), 'connection'],
  ['has no address', () => askWithFallback('http://kibitz-test.invalid/v1'), 'connection'],
  ['gives no first token in time', () => askAfter({ steps: [{ stall: true }] }), 'timeout'],
  ['is asked too often (429)', () => askAfter(fails(429, {}, { 'retry-after': '7' })), 'rate_limited'],
  ['breaks (500)', () => askAfter(fails(500)), 'server'],
  ['sends a web page', () => askAfter(htmlPage()), 'garbage'],
  ['sends a garbage stream', () => askAfter({ steps: [{ raw: 'data: {oops\n\n' }] }), 'garbage'],
];

for (const [what, ask, errorKind] of wordless) {
  test(`[MD2] when the first endpoint ${what}, the second one answers, and the ledger tells of both`, async () => {
    const told = await ask();
    expectTheSecondAnswered(told, errorKind);
    expect(told.live).toEqual([[0, 'Right answer']]);
    const [first] = told.calls;
    expect(first).toMatchObject({ completionTokens: 0, firstTokenMs: null });
    if (['connection', 'rate_limited'].includes(errorKind)) expect(first?.promptTokens).toBe(0);
    else expect(first?.promptTokens).toBeGreaterThan(0);
  });
}

const midway: [string, Script, string][] = [
  ['is cut', { steps: [{ text: 'Wrong ' }, { text: 'start' }, { cut: true }] }, 'connection'],
  ['falls silent', { steps: [{ text: 'Wrong ' }, { text: 'start' }, { stall: true }] }, 'timeout'],
  [
    'turns to garbage',
    { steps: [{ text: 'Wrong ' }, { text: 'start' }, { raw: 'data: {oops\n\n' }] },
    'garbage',
  ],
];

for (const [what, script, errorKind] of midway) {
  test(`[LT4] [MD2] when the first endpoint ${what} in the middle, tabs start over and nothing of it remains`, async () => {
    const told = await askAfter(script);
    expectTheSecondAnswered(told, errorKind);
    const [first, second] = told.live;
    expect(first?.[0]).toBe(0);
    expect(first?.[1]).toMatch(/^Wrong /);
    expect(second).toEqual([1, 'Right answer']);
    expect(told.log).not.toContain('Wrong');
    expect(told.calls[0]).toMatchObject({ completionTokens: 3, firstTokenMs: expect.any(Number) });
  });
}

test('[MD2] when both endpoints fail, the turn ends once, people are told what helps, and both calls are there', async () => {
  const { data, reply, calls } = await askAfter(fails(500), fails(429, {}, { 'retry-after': '7' }));
  expect(data).toMatchObject({ outcome: 'failed', error: expect.stringMatching(/busy|many|limit/i) });
  expect(reply).toBeUndefined();
  expect(calls).toMatchObject([
    { tier: 'primary', outcome: 'failed', errorKind: 'server', fallback: false },
    { tier: 'fallback', outcome: 'failed', errorKind: 'rate_limited', fallback: true },
  ]);
});
