import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeRoomWithBot, Person, signUp } from '../support/client.ts';
import { startApp, type TestApp } from '../support/start-app.ts';
import { until } from '../support/until.ts';

let app: TestApp;
let ann: Person;
beforeAll(async () => {
  app = await startApp({ publicUrl: 'https://rooms.example' });
  ann = await signUp(app.url, 'Ann');
});
// Nothing of all this is an accident to the server.
afterEach(() => expect(app.log.lines.filter(({ level }) => level === 'error')).toEqual([]));
afterAll(() => app[Symbol.asyncDispose]());

const send = (path: string, init: RequestInit) =>
  fetch(app.url + path, { ...init, headers: { cookie: ann.cookie, ...init.headers } });

/** The first line of the answer to a request whose headers no client would let us write. */
function statusOf(head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const raw = connect(Number(new URL(app.url).port), '127.0.0.1', () => raw.write(`${head}\r\n\r\n`));
    raw.once('data', (bytes) => {
      resolve(String(bytes).split('\r\n')[0] ?? '');
      raw.destroy();
    });
    raw.once('error', reject);
    raw.once('close', () => resolve('closed'));
  });
}

test.each([
  ['{oops', 400, 'invalid'],
  ['"text"', 400, 'invalid'],
  ['null', 400, 'invalid'],
  ['[]', 400, 'invalid'],
  ['[['.repeat(8_000), 400, 'invalid'],
  [`{"title":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 400, 'invalid'],
  [`{"title":"x","settings":${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}}`, 400, 'invalid'],
  [JSON.stringify({ title: 'x'.repeat(300_000) }), 413, 'too_large'],
  ['{"__proto__":{"title":"x"}}', 400, 'invalid'],
  ['{"title":"x","constructor":{"prototype":{"polluted":1}},"__proto__":{"polluted":1}}', 201, undefined],
])('a body of garbage is refused as JSON says it (%#)', async (body, status, code) => {
  const headers = { 'content-type': 'application/json' };
  const answer = await send('/api/rooms', { method: 'POST', body, headers });
  const said = (await answer.json()) as { ok: boolean; error?: { code: string; message: string } };
  expect([answer.status, said.ok, said.error?.code]).toEqual([status, code === undefined, code]);
  expect(said.error?.message ?? '').not.toMatch(/node_modules|at .*\.(js|ts)|SQL/);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test.each([
  [{ 'content-type': 'text/plain' }, '{"title":"x"}'],
  [{ 'content-type': 'application/x-www-form-urlencoded' }, 'title=x'],
  [{ 'content-type': 'application/json; charset=nonsense' }, '{"title":"x"}'],
  [{ 'content-type': 'application/json', 'content-encoding': 'nonsense' }, '{"title":"x"}'],
  [{ 'content-type': 'application/json', 'content-encoding': 'gzip' }, 'not gzip'],
])('a body that is not JSON is no arguments: %j', async (headers, body) => {
  const answer = await send('/api/rooms', { method: 'POST', body, headers });
  expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([
    400,
    'invalid',
  ]);
});

test('an unknown call is JSON, an unknown page is the page or says that it is not built', async () => {
  for (const [method, path] of [
    ['GET', '/api'],
    ['GET', '/api/nothing'],
    ['POST', '/api/rooms/x/y/z'],
    ['PUT', '/api/rooms'],
    ['DELETE', '/api/nothing/at/all'],
  ] as const) {
    const { status, body } = await ann.call(method, path);
    expect([path, status, body?.error?.code]).toEqual([path, 404, 'not_found']);
  }
  for (const path of ['/', '/join', '/rooms/abc', '/rooms/%E0%A4%A', '/..%2f..%2fpackage.json']) {
    const answer = await send(path, {});
    const text = await answer.text();
    if (answer.status === 200) expect(text).toContain('<!doctype html>');
    else expect([path, JSON.parse(text).ok, answer.status < 500]).toEqual([path, false, true]);
    expect(text).not.toContain('better-sqlite3');
  }
  expect((await send('/assets/no-such-file.js', {})).status).toBe(404);
  expect((await ann.call('GET', '/api/rooms/%E0%A4%A')).body.error.code).toBe('invalid');
});

test('[GW5] every answer tells browsers to trust nothing from elsewhere', async () => {
  for (const path of ['/', '/api/server', '/healthz', '/api/nothing']) {
    const { headers } = await send(path, {});
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  }
});

const foreign = [
  'https://evil.example',
  'null',
  'http://rooms.example',
  'https://rooms.example.evil.example',
];
const origins = (own: string) => ['https://rooms.example', own, undefined];

test('[GW5] pages of other origins post nothing', async () => {
  const own = `http://localhost:${new URL(app.url).port}`;
  for (const origin of foreign) {
    for (const path of ['/api/session', '/api/rooms', '/api/join']) {
      const { status, body } = await ann.call(
        'POST',
        path,
        { name: 'x', title: 'x', token: 'x' },
        { origin },
      );
      expect([origin, path, status, body.error.code]).toEqual([origin, path, 403, 'forbidden']);
    }
  }
  for (const origin of origins(own)) {
    const { status } = await ann.call(
      'POST',
      '/api/rooms',
      { title: 'x' },
      origin === undefined ? {} : { origin },
    );
    expect([origin, status]).toEqual([origin, 201]);
  }
});

test('[GW5] pages of other origins open no socket', async () => {
  const own = `http://localhost:${new URL(app.url).port}`;
  for (const origin of foreign) {
    await expect(ann.connect({ extraHeaders: { origin } }), origin).rejects.toThrow('websocket error');
  }
  for (const origin of origins(own)) {
    const socket = await ann.connect(origin === undefined ? {} : { extraHeaders: { origin } });
    expect(socket.connected).toBe(true);
    socket.close();
  }
});

test('[GW5] a foreign name that leads here is not ours', async () => {
  const { port } = new URL(app.url);
  const socket =
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: websocket';
  const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
  for (const [host, isOurs] of [
    [`evil.example:${port}`, false],
    ['evil.example', false],
    ['rooms.example', true],
    ['ROOMS.example', true],
    [`127.0.0.1:${port}`, true],
    [`[::1]:${port}`, true],
  ] as const) {
    expect([host, await statusOf(`GET /api/server HTTP/1.1\r\nHost: ${host}`)]).toEqual([
      host,
      isOurs ? 'HTTP/1.1 200 OK' : 'HTTP/1.1 403 Forbidden',
    ]);
    expect([host, await statusOf(`${socket}\r\n${key}\r\nHost: ${host}`)]).toEqual([
      host,
      isOurs ? 'HTTP/1.1 101 Switching Protocols' : 'HTTP/1.1 400 Bad Request',
    ]);
  }
  expect(await statusOf('GET /api/server HTTP/1.0')).toBe('HTTP/1.1 403 Forbidden');
});

test('operators see that it lives, can serve, and what it does', async () => {
  const { roomId } = await makeRoomWithBot(ann);
  const socket = await ann.connect();
  expect((await ann.call('GET', '/healthz')).body).toEqual({ ok: true });
  expect((await ann.call('GET', '/readyz')).body).toEqual({ ok: true, database: 'up' });
  const metrics = await send('/metrics', {});
  expect(metrics.headers.get('content-type')).toContain('text/plain');
  const text = await metrics.text();
  for (const name of ['kibitz_events_total', 'kibitz_turns_ended_total', 'kibitz_token_frames_total']) {
    expect(text).toContain(`# TYPE ${name} counter`);
  }
  expect(text).toMatch(/^kibitz_events_total\{kind="room.created"\} \d+$/m);
  expect(text).not.toContain(roomId);
  const counted = async () =>
    /^kibitz_connections (\d+)$/m.exec(await (await send('/metrics', {})).text())?.[1];
  await until('this one socket', async () => (await counted()) === '1');
  socket.close();
  await until('none', async () => (await counted()) === '0');
  expect((await new Person(app.url).call('GET', '/api/server')).body).toMatchObject({
    ok: true,
    demoModel: true,
    signup: 'open',
  });
});
