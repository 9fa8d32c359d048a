import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open-database.ts';
import { KibitzError } from '../../src/lib/errors.ts';
import { randomId } from '../../src/lib/ids.ts';
import { createAccounts, sessionLifetime } from '../../src/people/accounts.ts';
import { createBots } from '../../src/people/bots.ts';
import { createInvites } from '../../src/people/invites.ts';
import { createRoomJoiner } from '../../src/people/join-room.ts';
import { createOriginPolicy } from '../../src/people/origin-policy.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { ann, makeRoom, openLog } from '../support/test-log.ts';

/** The parts that know people, on a database of their own and a clock that stands. */
async function setUp(url: string) {
  const db = await openDatabase(url);
  const clock = createManualClock();
  const log = openLog(db);
  const accounts = createAccounts(db, clock, randomId);
  const invites = createInvites(db, clock, randomId);
  const joinRoom = createRoomJoiner({ eventLog: log, invites });
  const bots = createBots(db, clock, randomId);
  const roomId = await makeRoom(log);
  return {
    db,
    clock,
    log,
    accounts,
    invites,
    joinRoom,
    bots,
    roomId,
    [Symbol.asyncDispose]: () => db.close(),
  };
}

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (reason: unknown) => (reason instanceof KibitzError ? reason.code : String(reason)),
  );

describeOnEachDatabase('people', (openUrl) => {
  test('[PE1] a session lasts half a year, a token until it is signed out', async () => {
    await using server = await setUp(await openUrl());
    const { accounts, clock } = server;
    const { user, secret } = await accounts.signUp('Ann');
    const token = await accounts.newToken(user.id, 'Script');
    clock.advance(sessionLifetime - 1);
    expect((await accounts.authenticate(secret))?.user).toEqual(user);
    clock.advance(1);
    expect(await accounts.authenticate(secret)).toBeUndefined();
    const caller = await accounts.authenticate(token);
    expect(caller?.user).toEqual(user);
    const heard: string[] = [];
    const forget = accounts.onSignedOut((sessionId) => heard.push(sessionId));
    await accounts.signOut(caller?.sessionId ?? '');
    expect(heard).toEqual([caller?.sessionId]);
    expect(await accounts.authenticate(token)).toBeUndefined();
    forget();
    await accounts.signOut('unknown');
    expect(heard).toHaveLength(1);
    for (const odd of ['', 'unknown', '\u0000', 'x'.repeat(10_000)]) {
      expect(await accounts.authenticate(odd)).toBeUndefined();
    }
  });

  test('[PE3] an invite works until its time is over', async () => {
    await using server = await setUp(await openUrl());
    const { invites, joinRoom, clock, roomId } = server;
    const { token } = await invites.create(roomId, { role: 'participant', expiresInHours: 1 });
    clock.advance(3_599_999);
    expect(await codeOf(joinRoom({ id: 'ben', name: 'Ben' }, token))).toBe('ok');
    clock.advance(1);
    expect(await codeOf(joinRoom({ id: 'cleo', name: 'Cleo' }, token))).toBe('gone');
  });

  test('[PE3] through two processes no more come in than may, and each counts once', async () => {
    const url = await openUrl();
    await using one = await setUp(url);
    await using two = await setUp(url);
    const { roomId } = one;
    const { token } = await one.invites.create(roomId, { role: 'participant', maxUses: 5 });
    const outcomes: string[] = [];
    /** People who come one after the other, by one process. */
    async function come(server: typeof one, name: string): Promise<void> {
      for (let n = 0; n < 12; n += 1) {
        outcomes.push(await codeOf(server.joinRoom({ id: `${name}${n}`, name: `${name}${n}` }, token)));
      }
    }
    await Promise.all([come(one, 'a'), come(two, 'b')]);
    expect(outcomes.sort()).toEqual([...Array<string>(19).fill('gone'), ...Array<string>(5).fill('ok')]);
    expect((await one.log.newestStateOf(roomId)).members).toHaveLength(6);
    expect(await one.invites.list(roomId)).toMatchObject([{ uses: 5 }]);
  });

  test('[PE3] an invite that is revoked while people come by it lets nobody in after that', async () => {
    await using server = await setUp(await openUrl());
    const { invites, joinRoom, log, roomId } = server;
    const { invite, token } = await invites.create(roomId, { role: 'spectator' });
    const joins = Array.from({ length: 10 }, (_, n) =>
      codeOf(joinRoom({ id: `u${n}`, name: `U${n}` }, token)),
    );
    const revoked = invites.revoke(roomId, invite.id);
    const outcomes = await Promise.all(joins);
    expect(await revoked).toBe(true);
    expect(await codeOf(joinRoom({ id: 'late', name: 'Late' }, token))).toBe('gone');
    // Nor one who had found it valid before it was revoked.
    expect(await codeOf(server.db.transact(roomId, () => invites.use(invite.id)))).toBe('gone');
    const inside = outcomes.filter((outcome) => outcome === 'ok').length;
    expect(outcomes.every((outcome) => outcome === 'ok' || outcome === 'gone')).toBe(true);
    expect((await log.newestStateOf(roomId)).members).toHaveLength(1 + inside);
    expect((await invites.list(roomId))[0]).toMatchObject({ revoked: true, uses: inside });
  });

  test('[PE3] an invite that brings nothing new is not used up by it', async () => {
    await using server = await setUp(await openUrl());
    const { invites, joinRoom, roomId } = server;
    const { token } = await invites.create(roomId, { role: 'participant', maxUses: 1 });
    expect(await joinRoom({ id: ann.id, name: 'Ann' }, token)).toEqual({ roomId, role: 'owner' });
    expect(await codeOf(joinRoom({ id: 'ben', name: 'Ben' }, token))).toBe('ok');
    expect(await joinRoom({ id: 'ben', name: 'Ben' }, token)).toEqual({ roomId, role: 'participant' });
    expect(await codeOf(joinRoom({ id: 'cleo', name: 'Cleo' }, token))).toBe('gone');
  });

  test('[PE8] through two processes changes of different fields of a bot are all kept', async () => {
    const url = await openUrl();
    await using one = await setUp(url);
    await using two = await setUp(url);
    const { user } = await one.accounts.signUp('Ann');
    const { id } = await one.bots.create(user.id, { name: 'Ada', persona: 'Kind.' });
    for (let n = 0; n < 20; n += 1) {
      const [name, persona] = [`Ada ${n}`, `Kind, ${n} times.`];
      const told = await Promise.all([
        one.bots.update(user.id, id, { name }),
        two.bots.update(user.id, id, { persona }),
      ]);
      expect(told).toContainEqual({ id, name, persona });
      expect(await one.bots.find(id)).toEqual({ id, name, persona });
    }
  });

  test('[PE7] changes of a bot at once are all kept; of one that went, none', async () => {
    await using server = await setUp(await openUrl());
    const { bots } = server;
    await server.accounts.signUp('Ann').then(async ({ user }) => {
      const { id } = await bots.create(user.id, { name: 'Ada', persona: 'Kind.' });
      await Promise.all([
        bots.update(user.id, id, { greeting: 'Hello' }),
        bots.update(user.id, id, { talkativeness: 0.5 }),
        bots.update(user.id, id, { name: 'Ida' }),
      ]);
      const all = { id, name: 'Ida', persona: 'Kind.', greeting: 'Hello', talkativeness: 0.5 };
      expect(await bots.find(id)).toEqual(all);
      expect(await codeOf(bots.update('eve', id, { name: 'Eve' }))).toBe('not_found');
      expect(await codeOf(bots.remove('eve', id))).toBe('not_found');
      expect(await bots.list(user.id)).toEqual([all]);
      const outcomes = [codeOf(bots.remove(user.id, id)), codeOf(bots.update(user.id, id, { name: 'Late' }))];
      expect(await Promise.all(outcomes)).toEqual(['ok', 'not_found']);
    });
  });
});

test.each([
  ['http://localhost:3000', 3000, 'http://127.0.0.1:3000', 'localhost:3000', true],
  ['http://localhost:3000', 3000, 'http://[::1]:3000', '[::1]:3000', true],
  ['http://localhost:3000', 3000, 'http://localhost:3001', 'localhost:3000', false],
  ['https://rooms.example', 3000, 'https://rooms.example', 'rooms.example', true],
  ['https://rooms.example', 3000, 'https://rooms.example:8443', 'rooms.example', false],
  ['https://rooms.example', 3000, 'https://rooms.example', 'rooms.example:8443', false],
  ['http://rooms.example', 80, 'http://localhost', 'localhost', true],
  ['http://rooms.example', 80, undefined, undefined, false],
  ['http://rooms.example', 80, 'null', 'rooms.example', false],
])('[GW5] for %s at port %i, origin %s with host %s: %s', (publicUrl, port, origin, host, allowed) => {
  expect(createOriginPolicy(publicUrl, port).allows(origin, host)).toBe(allowed);
});
