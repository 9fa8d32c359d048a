import { expect, test } from 'vitest';
import type { Config } from '../../src/config.ts';
import { makeRoomWithBot, signUp } from '../support/client.ts';
import { RoomView } from '../support/room-view.ts';
import { fails, htmlPage, type Script, says, startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import { startApp } from '../support/start-app.ts';

/** Asks one question of a bot whose endpoint plays `script`; gives what the room looks like afterwards. */
async function ask(script: Script, fallback?: Script) {
  await using endpoint = await startScriptedEndpoint();
  await using second = await startScriptedEndpoint();
  endpoint.reply(script);
  if (fallback !== undefined) second.reply(fallback);
  const config: Partial<Config> = {
    endpoint: { baseUrl: endpoint.baseURL, apiKey: 'sk-very-secret', model: 'first' },
    ...(fallback === undefined ? {} : { fallback: { baseUrl: second.baseURL, model: 'second' } }),
  };
  await using app = await startApp(config);
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const socket = await ann.connect();
  const view = new RoomView(socket, roomId);
  const gens = new Set<number>();
  socket.on('token', ({ gen }) => gens.add(gen));
  await view.join();
  const asked = await socket.emitWithAck('message.post', { roomId, text: 'Are you there?' });
  if (!asked.ok || asked.turnId === undefined) throw new Error('no turn');
  const end = await view.turnEnd(asked.turnId);
  const reply = view.state?.messages.find(({ author }) => author.type === 'bot');
  const ends = view.events.filter(({ kind }) => kind === 'turn.ended');
  const live = reply === undefined ? undefined : view.finalDrafts.get(reply.messageId);
  socket.close();
  expect(JSON.stringify(app.log.lines)).not.toContain('sk-very-secret');
  return {
    end: end.data as { outcome: string; error?: string; usage?: object },
    reply,
    ends,
    gens: [...gens],
    live,
  };
}

const failures: [string, Script, { text?: string; error: RegExp }][] = [
  ['refuses the key (401)', fails(401), { error: /key/i }],
  ['is asked too often (429)', fails(429, {}, { 'retry-after': '7' }), { error: /busy|many|limit/i }],
  ['breaks (500)', fails(500), { error: /endpoint|model/i }],
  ['sends a web page', htmlPage(), { error: /endpoint|model|understood|web page/i }],
  ['sends garbage', { steps: [{ raw: 'data: {oops\n\n' }] }, { error: /endpoint|model|understood/i }],
  [
    'resets after a few words',
    { steps: [{ text: 'So ' }, { text: 'far' }, { cut: true }] },
    { text: 'So far', error: /connection|broke|lost/i },
  ],
  ['says nothing', says(), { error: /nothing/i }],
];

for (const [what, script, expected] of failures) {
  test(`[TN5] a model that ${what} ends the turn once, with what was said and a plain reason`, async () => {
    const { end, reply, ends } = await ask(script);
    expect(end.outcome).toBe('failed');
    expect(end.error).toMatch(expected.error);
    expect(end.error).not.toMatch(/sk-|Error:|127\.0\.0\.1|undefined|\n/);
    expect(ends).toHaveLength(1);
    expect(reply?.text).toBe(expected.text);
    if (expected.text !== undefined) expect(reply?.truncated).toBe(true);
  });
}

test('[TN5] a stream that ends early is kept and marked as truncated', async () => {
  const { end, reply } = await ask({
    steps: [{ text: 'Half a ' }, { text: 'sentence' }],
    finish: null,
    done: false,
  });
  expect(end.outcome).toBe('completed');
  expect(reply).toMatchObject({ text: 'Half a sentence', truncated: true, model: 'first', fallback: false });
});

test('[LT4] when the second endpoint takes over in the middle, tabs start the text over with a higher gen', async () => {
  const broken = { steps: [{ text: 'Wrong ' }, { text: 'start' }, { cut: true as const }] };
  const { end, reply, gens, live } = await ask(broken, says('Right ', 'answer'));
  expect(end.outcome).toBe('completed');
  expect(reply).toMatchObject({ text: 'Right answer', truncated: false, model: 'second', fallback: true });
  expect(gens.toSorted()).toEqual([0, 1]);
  expect(live).toBe('Right answer');
});

test('[TN5] usage is what the endpoint reports', async () => {
  const { end } = await ask({ ...says('Yes'), usage: { prompt_tokens: 11, completion_tokens: 3 } });
  expect(end.usage).toEqual({ promptTokens: 11, completionTokens: 3, estimated: false });
});
