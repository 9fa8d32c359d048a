import { afterAll, beforeAll, expect, test } from 'vitest';
import { invite, makeRoomWithBot, Person, signUp } from '../support/client.ts';
import { startApp, type TestApp } from '../support/start-app.ts';
import { until } from '../support/until.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ publicUrl: 'https://rooms.example' });
});
afterAll(() => app[Symbol.asyncDispose]());

async function ownedRoom() {
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const link = async (wanted: Record<string, unknown>, by = ann) =>
    (await by.call('POST', `/api/rooms/${roomId}/invites`, wanted)).body as {
      invite: { id: string };
      token: string;
      url: string;
    };
  return { ann, roomId, link };
}
const join = (person: Person, token: string, name?: string) =>
  person.call('POST', '/api/join', { token, ...(name === undefined ? {} : { name }) });
const newcomer = () => new Person(app.url);

test('[PE3] a link carries its token behind the hash, never in a query', async () => {
  const { ann, roomId, link } = await ownedRoom();
  const made = await link({ role: 'moderator', expiresInHours: 2, maxUses: 5 });
  expect(made.url).toBe(`https://rooms.example/join#${made.token}`);
  expect(made.invite).toMatchObject({ role: 'moderator', maxUses: 5, uses: 0, revoked: false });
  const { body } = await ann.call('GET', `/api/rooms/${roomId}/invites`);
  expect(body.invites).toEqual([made.invite]);
  expect(JSON.stringify(body)).not.toContain(made.token);
});

test.each(['moderator', 'participant', 'spectator'])('[PE3] a link lets in as %s', async (role) => {
  const { roomId, link } = await ownedRoom();
  const { token } = await link({ role });
  const ben = newcomer();
  expect(await join(ben, token, 'Ben')).toMatchObject({ status: 200, body: { ok: true, roomId, role } });
  expect((await ben.call('GET', `/api/rooms/${roomId}`)).body).toMatchObject({ role, room: { id: roomId } });
});

test('[PE3] who has no session gets one by joining; only a spectator may stay nameless', async () => {
  const { link } = await ownedRoom();
  const nameless = newcomer();
  const { token } = await link({ role: 'participant' });
  expect(await join(nameless, token)).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid', details: { field: 'name' } } },
  });
  expect(nameless.cookie).toBe('');
  const joined = await join(newcomer(), token, 'Ben');
  expect(joined.headers.get('set-cookie')).toContain('HttpOnly');
  const watcher = newcomer();
  expect((await join(watcher, (await link({ role: 'spectator' })).token)).status).toBe(200);
  expect((await watcher.call('GET', '/api/session')).body.user.name).toBe('Guest');
});

test('[PE3] twenty at once by a link for three: three are in, the others hear that it is gone', async () => {
  const { ann, roomId, link } = await ownedRoom();
  const { token, invite: made } = await link({ role: 'participant', maxUses: 3 });
  const people = await Promise.all(Array.from({ length: 20 }, (_, n) => signUp(app.url, `P${n}`)));
  const answers = await Promise.all(people.map((person) => join(person, token)));
  expect(answers.map(({ status }) => status).sort()).toEqual([
    ...Array<number>(3).fill(200),
    ...Array<number>(17).fill(410),
  ]);
  const { body } = await ann.call('GET', `/api/rooms/${roomId}`);
  expect(body.members).toHaveLength(4);
  const { invites } = (await ann.call('GET', `/api/rooms/${roomId}/invites`)).body;
  expect(invites).toEqual([{ ...made, uses: 3 }]);

  // Who is in comes by it again, and no use is counted; a newcomer gets no session from it.
  const inside = people[answers.findIndex(({ status }) => status === 200)] as Person;
  expect((await join(inside, token)).body).toMatchObject({ ok: true, roomId });
  const late = newcomer();
  expect((await join(late, token, 'Late')).body.error.code).toBe('gone');
  expect(late.cookie).toBe('');
});

test('[PE3] the same person at once by a link for one is in, once', async () => {
  const { ann, roomId, link } = await ownedRoom();
  const { token } = await link({ role: 'participant', maxUses: 1 });
  const ben = await signUp(app.url, 'Ben');
  const answers = await Promise.all(Array.from({ length: 8 }, () => join(ben, token)));
  expect(answers.map(({ status }) => status)).toEqual(Array<number>(8).fill(200));
  const { body } = await ann.call('GET', `/api/rooms/${roomId}/events`);
  expect(body.events.filter(({ kind }: { kind: string }) => kind === 'member.joined')).toHaveLength(2);
});

test('[PE3] a revoked link and one past its time are gone, an unknown one is not found', async () => {
  const { ann, roomId, link } = await ownedRoom();
  const revoked = await link({ role: 'participant' });
  const path = `/api/rooms/${roomId}/invites/${revoked.invite.id}`;
  expect((await ann.call('DELETE', path)).status).toBe(200);
  expect(await join(newcomer(), revoked.token, 'Ben')).toMatchObject({
    status: 410,
    body: { ok: false, error: { code: 'gone' } },
  });
  const brief = await link({ role: 'participant', expiresInHours: 1e-9 });
  expect((await join(newcomer(), brief.token, 'Ben')).status).toBe(410);
  expect((await join(newcomer(), 'unknown', 'Ben')).status).toBe(404);
  expect((await ann.call('DELETE', `/api/rooms/${roomId}/invites/unknown`)).status).toBe(404);
});

test('[PE3] a room does not reach the links of another', async () => {
  const one = await ownedRoom();
  const other = await ownedRoom();
  const { invite: made, token } = await one.link({ role: 'participant' });
  const path = `/api/rooms/${other.roomId}/invites/${made.id}`;
  expect((await other.ann.call('DELETE', path)).status).toBe(404);
  expect((await other.ann.call('GET', `/api/rooms/${one.roomId}/invites`)).status).toBe(404);
  expect((await join(newcomer(), token, 'Ben')).status).toBe(200);
});

test('[CM3] a link raises a role and lowers none', async () => {
  const { ann, roomId, link } = await ownedRoom();
  const spectator = (await link({ role: 'spectator' })).token;
  const moderator = (await link({ role: 'moderator' })).token;
  const ben = await invite(ann, roomId, 'participant', 'Ben');
  expect((await join(ben, spectator)).body.role).toBe('participant');
  expect((await join(ben, moderator)).body.role).toBe('moderator');
  expect((await join(ben, spectator)).body.role).toBe('moderator');
  expect((await join(ann, moderator)).body.role).toBe('owner');
});

test('[PE3] moderators hand out links up to their own role, others none', async () => {
  const { ann, roomId, link } = await ownedRoom();
  const moderator = await invite(ann, roomId, 'moderator', 'Mo');
  const participant = await invite(ann, roomId, 'participant', 'Ben');
  expect((await link({ role: 'moderator' }, moderator)).token).toBeTypeOf('string');
  const ask = (by: Person, role: string) => by.call('POST', `/api/rooms/${roomId}/invites`, { role });
  expect((await ask(moderator, 'owner')).body.error.details).toEqual({ field: 'role' });
  expect((await ask(participant, 'spectator')).status).toBe(403);
  expect((await participant.call('GET', `/api/rooms/${roomId}/invites`)).status).toBe(403);
  expect((await ask(await signUp(app.url, 'Eve'), 'spectator')).status).toBe(404);
});

test.each([
  [{ role: 'king' }, 'role'],
  [{ role: 'participant', maxUses: 0 }, 'maxUses'],
  [{ role: 'participant', maxUses: 1.5 }, 'maxUses'],
  [{ role: 'participant', expiresInHours: -1 }, 'expiresInHours'],
  [{ role: 'participant', expiresInHours: 1e9 }, 'expiresInHours'],
])('[PE3] a link that makes no sense is refused: %j', async (wanted, field) => {
  const { ann, roomId } = await ownedRoom();
  const refused = await ann.call('POST', `/api/rooms/${roomId}/invites`, wanted);
  expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid', details: { field } } } });
});

test('[CM4] who was removed does not come back by an old link, but by a new one; who left, by any', async () => {
  const { ann, roomId, link } = await ownedRoom();
  const { token } = await link({ role: 'participant' });
  const ben = await signUp(app.url, 'Ben');
  await join(ben, token);
  expect((await ben.command(roomId, 'member.remove', { userId: ben.id })).status).toBe(200);
  expect((await ben.call('GET', `/api/rooms/${roomId}`)).status).toBe(404);
  expect((await join(ben, token)).status).toBe(200);
  expect((await ann.command(roomId, 'member.remove', { userId: ben.id })).status).toBe(200);
  expect(await join(ben, token)).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } });
  expect((await ben.call('GET', '/api/rooms')).body.rooms).toEqual([]);
  // Times are in milliseconds: a link of the same one does not count as later.
  await until('a link made later', async () => {
    const { token: later } = await link({ role: 'participant' });
    return (await join(ben, later)).status === 200;
  });
});
