import { afterAll, beforeAll, expect, test } from 'vitest';
import { invite, makeRoomWithBot, Person, signUp } from '../support/client.ts';
import { startApp, type TestApp } from '../support/start-app.ts';
import { storedBytes } from '../support/stored-bytes.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const secretOf = ({ cookie }: Person) => cookie.slice(cookie.indexOf('=') + 1);

test('[PE1] a name makes a session whose cookie scripts of a page cannot read', async () => {
  const ann = new Person(app.url);
  const made = await ann.call('POST', '/api/session', { name: '  Ann ' });
  expect(made).toMatchObject({ status: 201, body: { ok: true, user: { name: 'Ann' } } });
  const cookie = made.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^kibitz_session=[\w-]{43}; /);
  expect(cookie).toContain('HttpOnly');
  expect(cookie).toContain('SameSite=Lax');
  expect(cookie).toContain('Path=/');
  expect(cookie).not.toContain('Secure');
  expect(made.headers.get('cache-control')).toBe('no-store');
  const { body } = await ann.call('GET', '/api/session');
  expect(body).toEqual({ ok: true, user: made.body.user });
});

test('[PE1] behind https the cookie travels by https alone', async () => {
  await using secure = await startApp({ publicUrl: 'https://kibitz.example' });
  const made = await new Person(secure.url).call('POST', '/api/session', { name: 'Ann' });
  expect(made.headers.get('set-cookie')).toContain('; Secure');
});

test('[PE1] [PE2] [PE3] no secret is on the disk, only its hash', async () => {
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const token = (await ann.call('POST', '/api/tokens', { label: 'Script' })).body.token as string;
  const link = await ann.call('POST', `/api/rooms/${roomId}/invites`, { role: 'participant' });
  const stored = storedBytes(app.config.databaseUrl);
  expect(stored).toContain(ann.id);
  for (const secret of [secretOf(ann), token, link.body.token as string]) {
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(stored).not.toContain(secret);
  }
});

test.each([
  [{}, 'name'],
  [{ name: '' }, 'name'],
  [{ name: ' \u200b\t ' }, 'name'],
  [{ name: 'x'.repeat(61) }, 'name'],
  [{ name: 7 }, 'name'],
])('[PE1] a session needs a name that can be shown: %j', async (body, field) => {
  const refused = await new Person(app.url).call('POST', '/api/session', body);
  expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid', details: { field } } } });
  expect(refused.headers.get('set-cookie')).toBeNull();
});

test('[PE2] a token works as its user, by HTTP and by socket', async () => {
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const made = await ann.call('POST', '/api/tokens', { label: 'Script' });
  expect(made.status).toBe(201);
  const script = new Person(app.url);
  const headers = { authorization: `Bearer ${made.body.token}` };
  expect((await script.call('GET', '/api/session', undefined, headers)).body.user.id).toBe(ann.id);

  const socket = await script.connect({ auth: { token: made.body.token } });
  expect(await socket.emitWithAck('room.join', { roomId })).toMatchObject({
    ok: true,
    you: { userId: ann.id },
  });
  socket.close();

  // It is a session of its own: ending it leaves the browser's alone.
  expect((await script.call('DELETE', '/api/session', undefined, headers)).status).toBe(200);
  expect((await script.call('GET', '/api/session', undefined, headers)).status).toBe(401);
  expect((await ann.call('GET', '/api/session')).status).toBe(200);
});

test('[PE2] a wrong token is not made good by a cookie beside it', async () => {
  const ann = await signUp(app.url, 'Ann');
  const headers = { authorization: 'Bearer wrong' };
  expect((await ann.call('GET', '/api/session', undefined, headers)).status).toBe(401);
  await expect(ann.connect({ auth: { token: 'wrong' } })).rejects.toMatchObject({
    data: { code: 'unauthenticated' },
  });
});

test('[PE2] a token is wanted by those who are signed in, and has a label', async () => {
  expect((await new Person(app.url).call('POST', '/api/tokens', { label: 'x' })).status).toBe(401);
  const ann = await signUp(app.url, 'Ann');
  expect((await ann.call('POST', '/api/tokens', {})).body.error.details).toEqual({ field: 'label' });
});

test('[PE6] signing out ends the cookie on both sides', async () => {
  const ann = await signUp(app.url, 'Ann');
  const before = ann.cookie;
  const out = await ann.call('DELETE', '/api/session');
  expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
  ann.cookie = before;
  expect(await ann.call('GET', '/api/session')).toMatchObject({
    status: 401,
    body: { ok: false, error: { code: 'unauthenticated' } },
  });
  expect((await ann.call('DELETE', '/api/session')).status).toBe(401);
});

test('[PE4] with SIGNUP=invite only an invite makes a session', async () => {
  await using open = await startApp();
  const ann = await signUp(open.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const { databaseUrl } = open.config;
  await using closed = await startApp({ signup: 'invite', databaseUrl });
  const stranger = new Person(closed.url);
  expect(await stranger.call('POST', '/api/session', { name: 'Eve' })).toMatchObject({
    status: 403,
    body: { error: { code: 'forbidden' } },
  });
  expect(stranger.cookie).toBe('');
  expect((await stranger.call('GET', '/api/server')).body.signup).toBe('invite');
  // A link that is not known, or names nobody, makes none either.
  expect((await stranger.call('POST', '/api/join', { token: 'x', name: 'Eve' })).status).toBe(404);
  expect(stranger.cookie).toBe('');

  const owner = new Person(closed.url);
  owner.cookie = ann.cookie;
  const guest = await invite(owner, roomId, 'participant', 'Ben');
  expect((await guest.call('GET', '/api/session')).body.user.name).toBe('Ben');
});
