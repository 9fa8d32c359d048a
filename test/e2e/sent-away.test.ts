import { expect, test } from 'vitest';
import {
  elsewhere,
  invite,
  makeRoomWithBot,
  type Person,
  signUp,
  type TabSocket,
} from '../support/client.ts';
import { freshSqliteUrl } from '../support/databases.ts';
import { openEventStream } from '../support/event-stream.ts';
import { freshRedisConfig, hasRedis } from '../support/redis.ts';
import { RoomView } from '../support/room-view.ts';
import { createGate, saysGated, startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import { startCluster } from '../support/start-cluster.ts';
import { until } from '../support/until.ts';

/** Where nothing answers: the processes hear of each other by the database alone. */
const noRedis = { url: 'redis://127.0.0.1:1', prefix: 'nobody' };
const ways = [
  ['while Redis is away', noRedis, true],
  ['by Redis', hasRedis ? freshRedisConfig() : noRedis, hasRedis],
] as const;

for (const [how, redis, isPossible] of ways) {
  /** Two processes, Ann and Ben with tabs on both, and a room in which a bot may be writing. */
  async function setUp() {
    const endpoint = await startScriptedEndpoint();
    const cluster = await startCluster(2, await freshSqliteUrl(), {
      endpoint: { baseUrl: endpoint.baseURL, model: 'scripted' },
      redis,
    });
    const urls = cluster.apps.map(({ url }) => url);
    const ann = await signUp(urls[0] ?? '', 'Ann');
    const { roomId } = await makeRoomWithBot(ann);
    const ben = await invite(ann, roomId, 'participant', 'Ben');
    const sockets: TabSocket[] = [];
    const open = async (person: Person, url: string) => {
      const socket = await elsewhere(person, url).connect();
      sockets.push(socket);
      const view = new RoomView(socket, roomId);
      await view.join();
      return { socket, view };
    };
    const [anns, bens] = await Promise.all(
      [ann, ben].map((person) => Promise.all(urls.map((url) => open(person, url)))),
    );
    if (anns?.[0] === undefined || bens === undefined) throw new Error('no tabs');
    const tab = anns[0];
    /** Has a reply begin, and waits until its first words stand in the log’s keeping. */
    async function begin() {
      const gate = createGate();
      endpoint.next(saysGated(gate, 'Begun ', 'secretly ', 'ended.'));
      const posted = await tab.socket.emitWithAck('message.post', { roomId, text: 'Go on' });
      if (!posted.ok || posted.turnId === undefined) throw new Error('no turn');
      gate.release();
      await until('the first word', () => [tab, ...(anns ?? [])].some(({ view }) => view.drafts.size > 0));
      return { gate, turnId: posted.turnId };
    }
    const close = async () => {
      for (const socket of sockets) socket.close();
      await cluster[Symbol.asyncDispose]();
      await endpoint.close();
    };
    return { endpoint, urls, ann, ben, roomId, tab, anns, bens, begin, [Symbol.asyncDispose]: close };
  }

  test.skipIf(!isPossible)(
    `[SV10] who is removed during a turn gets nothing of it any more, by socket, stream or HTTP, on any process, ${how}`,
    async () => {
      await using room = await setUp();
      const { urls, ann, ben, roomId, anns, bens, begin } = room;
      const streams = await Promise.all(urls.map((url) => openEventStream(elsewhere(ben, url), roomId)));
      const { gate, turnId } = await begin();
      expect((await ann.command(roomId, 'member.remove', { userId: ben.id })).status).toBe(200);
      const removedAt = performance.now();
      // From here on a request is refused, on every process and whatever it asks for.
      for (const url of urls) {
        const person = elsewhere(ben, url);
        for (const path of ['', '/events', '/export', '/note', '/sources', '/usage', '/invites']) {
          expect([path, (await person.call('GET', `/api/rooms/${roomId}${path}`)).status]).toEqual([
            path,
            404,
          ]);
        }
        expect((await person.command(roomId, 'message.post', { text: 'Still here' })).status).toBe(404);
        expect((await openEventStream(person, roomId)).status).toBe(404);
        expect((await person.call('GET', '/api/rooms')).body.rooms).toEqual([]);
      }
      await until('the end of the room on all tabs', () =>
        bens.every(({ view }) => view.closedBy.length > 0),
      );
      expect(performance.now() - removedAt).toBeLessThan(2_000);
      const heard: string[] = [];
      for (const { socket } of bens) socket.onAny((name: string) => heard.push(name));

      gate.open();
      await Promise.all(anns.map(({ view }) => view.turnEnd(turnId)));
      expect((await ann.command(roomId, 'message.post', { text: 'Now he is gone' })).status).toBe(200);
      await until('Ann to see it', () => anns.every(({ view }) => view.texts().includes('Now he is gone')));
      for (const { socket } of bens) {
        for (const answer of [
          await socket.emitWithAck('room.join', { roomId }),
          await socket.emitWithAck('room.sync', { roomId, after: 1, epoch: 'x' }),
          await socket.emitWithAck('room.history', { roomId, before: 99, limit: 10 }),
          await socket.emitWithAck('typing', { roomId }),
        ]) {
          expect(answer).toMatchObject({ ok: false, error: { code: 'not_found' } });
        }
      }
      expect(heard).toEqual([]);
      for (const stream of streams) expect(await stream.ended).toBe('ended');
      const got = JSON.stringify([
        streams.map(({ received }) => received),
        bens.map(({ view }) => view.events),
      ]);
      expect(got).not.toMatch(/secretly|ended\.|Now he is gone/);
    },
  );

  test.skipIf(!isPossible)(
    `[SV12] a role that is taken away counts at once on every process, also for sockets that are open, ${how}`,
    async () => {
      await using room = await setUp();
      const { urls, ann, ben, roomId, bens, anns } = room;
      for (const { socket } of bens) {
        expect(await socket.emitWithAck('message.post', { roomId, text: 'I may' })).toMatchObject({
          ok: true,
        });
      }
      await Promise.all(
        anns.map(({ view }) => until('the replies to end', () => view.state?.turns.length === 0)),
      );
      const demoted = await ann.command(roomId, 'member.setRole', { userId: ben.id, role: 'spectator' });
      expect(demoted.status).toBe(200);
      const demotedAt = performance.now();
      const forbidden = { ok: false, error: { code: 'forbidden' } };
      for (const { socket } of bens) {
        expect(await socket.emitWithAck('message.post', { roomId, text: 'I may not' })).toMatchObject(
          forbidden,
        );
        expect(await socket.emitWithAck('typing', { roomId })).toMatchObject(forbidden);
      }
      for (const url of urls) {
        const answer = await elsewhere(ben, url).command(roomId, 'message.post', { text: 'I may not' });
        expect(answer.status).toBe(403);
      }
      // The tabs themselves know, and the others see it.
      const isToldTo = (view: RoomView) =>
        view.state?.members.find(({ userId }) => userId === ben.id)?.role === 'spectator';
      await until('all tabs to know', () => [...anns, ...bens].every(({ view }) => isToldTo(view)));
      expect(performance.now() - demotedAt).toBeLessThan(2_000);
      for (const { view } of anns) expect(view.texts()).not.toContain('I may not');
    },
  );

  test.skipIf(!isPossible)(
    `[PE6] [SV12] a session that was ended on one process opens and does nothing on another, from that moment, ${how}`,
    async () => {
      await using room = await setUp();
      const { urls, ben, roomId, bens } = room;
      expect((await elsewhere(ben, urls[0] ?? '').call('DELETE', '/api/session')).status).toBe(200);
      const signedOutAt = performance.now();
      const other = elsewhere(ben, urls[1] ?? '');
      expect((await other.call('GET', `/api/rooms/${roomId}`)).status).toBe(401);
      await expect(other.connect()).rejects.toMatchObject({ data: { code: 'unauthenticated' } });
      const [, there] = bens;
      // Cut already, or refused.
      if (there?.socket.connected) {
        const answer = await there.socket
          .timeout(1_000)
          .emitWithAck('message.post', { roomId, text: 'With a stolen cookie' })
          .catch(() => ({ ok: false }));
        expect(answer.ok).toBe(false);
      }
      await until('all sockets to be closed', () => bens.every(({ socket }) => !socket.connected));
      // By word of mouth in no time, else by the next look into the database.
      expect(performance.now() - signedOutAt).toBeLessThan(2_000);
    },
  );
}
