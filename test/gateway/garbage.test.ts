import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { failureSchema } from '../../src/protocol/result.ts';
import { roomCommandNames } from '../../src/protocol/room-commands.ts';
import { makeRoomWithBot, type Person, signUp, type TabSocket } from '../support/client.ts';
import { RoomView } from '../support/room-view.ts';
import { startApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
let ann: Person;
let other: TabSocket;
let view: RoomView;
let roomId: string;
beforeAll(async () => {
  app = await startApp();
  ann = await signUp(app.url, 'Ann');
  ({ roomId } = await makeRoomWithBot(ann, { reply: 'mention' }));
  other = await ann.connect();
  view = new RoomView(other, roomId);
  await view.join();
});
// Whatever was sent: the tab beside it is still there, and gets what is written.
afterEach(async () => {
  const posted = await other.timeout(5_000).emitWithAck('message.post', { roomId, text: 'Still here' });
  expect(posted).toMatchObject({ ok: true });
  await view.event('the message', ({ seq }) => posted.ok && seq === posted.seq);
  expect(view.syncs).toBe(0);
  expect(app.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});
afterAll(async () => {
  other.close();
  await app[Symbol.asyncDispose]();
});

/** Emits anything at all. */
type Emitter = { timeout(ms: number): { emitWithAck(name: string, ...args: unknown[]): Promise<unknown> } };
const ask = (tab: TabSocket, name: string, ...args: unknown[]) =>
  (tab as unknown as Emitter).timeout(5_000).emitWithAck(name, ...args);

function expectAnswer(answer: unknown): void {
  if ((answer as { ok?: unknown } | null)?.ok === true) return;
  failureSchema.parse(answer);
  expect((answer as { error: { code: string } }).error.code).not.toBe('internal');
}

const events = [...roomCommandNames, 'room.join', 'room.sync', 'room.leave', 'room.history', 'typing'];
const odd = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'error',
  'message',
  '',
  '\u0000',
  '\ud800',
];
const nested = (open: string, close: string, levels: number) =>
  JSON.parse(`${open.repeat(levels)}1${close.repeat(levels)}`) as unknown;

const hostile: Record<string, unknown> = {
  null: null,
  'a number': 7,
  'a text': 'roomId',
  'a list': [[]],
  'a deep list': nested('[', ']', 100),
  'a deep object': nested('{"roomId":', '}', 100),
  'deep fields': { title: 'x', text: 'x', settings: nested('{"a":', '}', 4_000) },
  'a text of brackets': { text: '['.repeat(16_384), title: '['.repeat(16_384) },
  'a huge text': { text: 'x'.repeat(200_000), messageId: 'x'.repeat(1_000) },
  'lone surrogates and NUL': { text: '\ud800 \udc00 \u0000', title: '\u0000', commandId: '\ud800' },
  'prototype keys': JSON.parse(
    '{"__proto__":{"text":"x"},"constructor":{"prototype":{"x":1}},"settings":{"__proto__":1}}',
  ),
  bytes: Buffer.from('binary'),
  'bytes in fields': {
    text: Buffer.from('x'),
    messageId: new Uint8Array(3),
    settings: { a: Buffer.alloc(10) },
  },
  'wrong types': {
    text: {},
    messageId: [],
    turnId: 0,
    userId: null,
    role: true,
    after: '1',
    limit: {},
    settings: [],
  },
  'numbers at the edge': { after: Number.MAX_SAFE_INTEGER, before: 1e308, limit: -0, epoch: '' },
};

test.each(Object.entries(hostile))('[GW1] each event answers %s', async (_what, input) => {
  const tab = await ann.connect();
  for (const name of [...events, ...odd]) {
    expectAnswer(await ask(tab, name, input));
    if (typeof input !== 'object' || input === null || Array.isArray(input) || Buffer.isBuffer(input))
      continue;
    if (name === 'member.remove' || name === 'bot.remove') continue;
    expectAnswer(await ask(tab, name, { roomId, ...input }));
  }
  expect(tab.connected).toBe(true);
  tab.close();
});

test('[GW1] [EV6] bytes are refused wherever they are, and nothing of them is written', async () => {
  const tab = await ann.connect();
  const room = (await ann.call('POST', '/api/rooms', { title: 'Without bytes' })).body.room.id as string;
  const bytes = Buffer.from('bytes');
  for (const settings of [bytes, { later: bytes }, { later: { deeper: [1, [bytes]] } }, new Uint8Array(2)]) {
    const answer = await ask(tab, 'room.update', { roomId: room, settings });
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid' } });
  }
  expect((await ann.call('GET', `/api/rooms/${room}/events`)).body.head).toBe(2);
  tab.close();
});

test('[GW1] an event without arguments, without an ack or with several is no accident', async () => {
  const tab = await ann.connect();
  for (const name of [...events, ...odd]) {
    expectAnswer(await ask(tab, name));
    expectAnswer(await ask(tab, name, 1, 2, 3, { roomId }));
    (tab as unknown as { emit(name: string, ...args: unknown[]): void }).emit(name);
    (tab as unknown as { emit(name: string, ...args: unknown[]): void }).emit(name, { roomId }, { roomId });
  }
  expect(await tab.timeout(5_000).emitWithAck('room.leave', { roomId })).toEqual({ ok: true });
  tab.close();
});

test('[GW1] whatever fast-check thinks of is answered', async () => {
  const eve = await signUp(app.url, 'Eve');
  const room = (await eve.call('POST', '/api/rooms', { title: 'Eve’s' })).body.room.id as string;
  const tab = await eve.connect();
  const field = fc.constantFrom(
    ...['roomId', 'text', 'messageId', 'settings', 'title', 'after', 'epoch', 'before', 'limit', 'commandId'],
    ...['userId', 'role', 'botId', 'turnId', 'replyTo', '__proto__'],
  );
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.string({ unit: 'binary' }),
    fc.constant(room),
    fc.double(),
  );
  const input = fc.oneof(
    value,
    // Not in fields: a packet with more than ten pieces of bytes cuts its socket.
    fc.uint8Array({ maxLength: 20 }),
    fc.dictionary(field, value).map((fields) => ({ roomId: room, ...fields })),
    fc.dictionary(field, value),
  );
  const reserved = [
    'connect',
    'connect_error',
    'disconnect',
    'disconnecting',
    'newListener',
    'removeListener',
  ];
  const name = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...events) },
    fc.string({ unit: 'binary' }).filter((text) => !reserved.includes(text)),
  );
  await fc.assert(
    fc.asyncProperty(name, fc.array(input, { maxLength: 3 }), async (event, args) => {
      expectAnswer(await ask(tab, event, ...args));
    }),
    { numRuns: 400 },
  );
  expect(tab.connected).toBe(true);
  tab.close();
});

/** A client that speaks no Socket.IO: connects to the default namespace, sends frames, and tells how it ended. */
async function sendFrames(frames: readonly (string | Buffer)[]): Promise<'open' | 'cut'> {
  const raw = new WebSocket(`${app.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    headers: { cookie: ann.cookie },
  });
  const closed = new Promise<'cut'>((resolve) => raw.once('close', () => resolve('cut')));
  raw.on('error', () => {});
  const heard = (start: string) =>
    new Promise<void>((resolve) =>
      raw.on('message', (data) => {
        if (String(data).startsWith(start)) resolve();
      }),
    );
  const [opened, connected, answered] = [heard('0{'), heard('40{'), heard('4399[')];
  await opened;
  raw.send('40');
  await connected;
  for (const frame of frames) raw.send(frame);
  raw.send('4299["room.leave",{"roomId":"x"}]');
  const how = await Promise.race([closed, answered.then(() => 'open' as const)]);
  raw.terminate();
  return how;
}

test.each([
  ['text that is no packet', ['42', '42[', '42{}', '42[]', '42[1]', '4', '', '9', '42["message.post"', '4x']],
  ['reserved names', ['42["disconnect"]', '42["connect"]', '42["newListener"]']],
  ['error as a name', ['42["error"]', '421["error",{}]', '42["error",null]']],
  ['acks of nothing', ['4312["x"]', '4399999999999999999["x"]', '43[]', '43']],
  ['a refusal and a second connect', ['44{"message":"x"}', '40{"token":"x"}', '40{"token":{"a":1}}', '40']],
  ['other namespaces', ['40/admin,', '42/admin,["message.post",{}]', '40/__proto__,', '41/admin,']],
  ['attachments that never come', ['451-["message.post",{"_placeholder":true,"num":0}]']],
  ['attachments by a wrong number', ['451-["x",{"_placeholder":true,"num":7}]', Buffer.from('x')]],
  ['attachments by a prototype key', ['451-["x",{"_placeholder":true,"num":"__proto__"}]', Buffer.from('x')]],
  ['a number of attachments that is huge', ['45999999999-["x"]', Buffer.from('x'), Buffer.from('y')]],
  ['attachments nobody announced', [Buffer.from('x'), Buffer.alloc(100_000)]],
  ['16 KB of brackets', [`421["room.join",${'['.repeat(16_384)}`]],
  ['brackets that close', [`421["room.join",${'['.repeat(60_000)}${']'.repeat(60_000)}]`]],
  [
    'brackets with an attachment',
    [`451-1["room.join",${'['.repeat(60_000)}${']'.repeat(60_000)}]`, Buffer.from('x')],
  ],
  ['engine packets of the server', ['0{}', '3', '5', '6', '2probe', '1']],
])('[GW1] %s harm nobody', async (_what, frames) => {
  for (const frame of frames) await sendFrames([frame]);
  await sendFrames(frames);
  const { body } = await ann.call('GET', '/healthz');
  expect(body).toEqual({ ok: true });
});

test('[GW1] a frame past the limit cuts its own socket and no other', async () => {
  const text = 'x'.repeat(300_000);
  expect(await sendFrames([`421["message.post",{"text":"${text}"}]`])).toBe('cut');
  expect(await sendFrames([Buffer.alloc(300_000)])).toBe('cut');
  expect(await sendFrames([`421["message.post",{"text":"${text.slice(60_000)}"}]`])).toBe('open');
});
