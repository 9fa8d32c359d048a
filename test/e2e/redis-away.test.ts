import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { elsewhere, invite, makeRoomWithBot, signUp } from '../support/client.ts';
import { freshSqliteUrl } from '../support/databases.ts';
import { hasRedis } from '../support/redis.ts';
import { type RedisProcess, redisCommand, spawnRedis } from '../support/redis-service.ts';
import { RoomView } from '../support/room-view.ts';
import { createGate, saysGated, startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import { freePort } from '../support/service.ts';
import { startCluster } from '../support/start-cluster.ts';
import { until } from '../support/until.ts';

const running: RedisProcess[] = [];
async function startRedis(port: number): Promise<RedisProcess> {
  const redis = await spawnRedis(port);
  running.push(redis);
  return redis;
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((redis) => redis.kill('SIGKILL')));
});

describe.skipIf(!hasRedis)('while Redis is away', () => {
  /** Two processes with a tab on each, and a Redis of their own. */
  async function setUp() {
    const port = await freePort();
    const redis = await startRedis(port);
    const endpoint = await startScriptedEndpoint();
    const cluster = await startCluster(2, await freshSqliteUrl(), {
      endpoint: { baseUrl: endpoint.baseURL, model: 'scripted' },
      redis: { url: redis.url, prefix: randomBytes(4).toString('hex') },
    });
    const [first, second] = cluster.apps;
    if (first === undefined || second === undefined) throw new Error('no cluster');
    const ann = await signUp(first.url, 'Ann');
    const { roomId } = await makeRoomWithBot(ann);
    const ben = elsewhere(await invite(ann, roomId, 'participant', 'Ben'), second.url);
    const [here, there] = [await ann.connect(), await ben.connect()];
    const [anns, bens] = [new RoomView(here, roomId), new RoomView(there, roomId)];
    await Promise.all([anns.join(), bens.join()]);
    const told: boolean[] = [];
    here.on('peers', ({ reachable }) => told.push(reachable));
    const readiness = async () =>
      Promise.all(
        [ann, ben].map(async (person) => (await person.call('GET', '/readyz')).body.redis as string),
      );
    await until('Redis on both', async () => (await readiness()).every((state) => state === 'up'));

    /** Posts, and has the reply begin in the poster's own tab. */
    async function begin(word: string) {
      const gate = createGate();
      endpoint.next(saysGated(gate, `${word} `, 'and on ', 'and on.'));
      const posted = await here.emitWithAck('message.post', { roomId, text: `Say ${word}` });
      if (!posted.ok || posted.turnId === undefined) throw new Error(`no turn: ${JSON.stringify(posted)}`);
      const { turnId } = posted;
      gate.release();
      await until('the first word', () => draftOf(anns)?.startsWith(word));
      return { gate, turnId };
    }
    return {
      port,
      redis,
      cluster,
      ann,
      ben,
      roomId,
      anns,
      bens,
      told,
      begin,
      readiness,
      [Symbol.asyncDispose]: async () => {
        here.close();
        there.close();
        await cluster[Symbol.asyncDispose]();
        await endpoint.close();
      },
    };
  }

  const draftOf = (view: RoomView) => [...view.drafts.values()][0]?.text;

  test.for(['killed', 'hung'] as const)(
    '[CL6] Redis is %s: tabs of the same process see every word, the others the log within 5 s; all is live again within 5 s of its return',
    { timeout: 40_000 },
    async (how) => {
      await using deployment = await setUp();
      const { port, redis, ann, ben, roomId, anns, bens, told, begin, readiness } = deployment;
      if (how === 'killed') await redis.kill('SIGKILL');
      else redis.signal('SIGSTOP');
      await until('both to say so', async () => (await readiness()).every((state) => state === 'away'));
      expect(told).toEqual([false]);

      const away = await begin('Alone');
      away.gate.release();
      await until('more words', () => draftOf(anns) === 'Alone and on ');
      // Whoever comes to the other process finds what the turn's holder has written down.
      const tab = await elsewhere(ann, ben.url).connect();
      const late = new RoomView(tab, roomId);
      await late.join();
      expect('Alone and on '.startsWith(draftOf(late) ?? 'nothing')).toBe(true);
      expect(draftOf(late)).not.toBe(undefined);
      away.gate.open();
      const endedAt = performance.now();
      await Promise.all([anns, bens, late].map((view) => view.turnEnd(away.turnId)));
      expect(performance.now() - endedAt).toBeLessThan(5_000);
      expect(bens.texts()).toEqual(anns.texts());

      const across = await begin('Across');
      if (how === 'killed') await startRedis(port);
      else redis.signal('SIGCONT');
      const backAt = performance.now();
      await until('both to be back', async () => (await readiness()).every((state) => state === 'up'));
      // A reply that was under way is live for all again, without a hole.
      across.gate.release();
      await until('the words elsewhere', () => draftOf(bens) === 'Across and on ', 5_000);
      expect(performance.now() - backAt).toBeLessThan(5_000);
      across.gate.open();
      await Promise.all([anns, bens, late].map((view) => view.turnEnd(across.turnId)));
      expect(bens.state).toEqual(anns.state);
      expect(told).toEqual([false, true]);
      tab.close();
    },
  );

  test('[CL6] a process whose subscriptions are cut hears the others again by itself', async () => {
    await using deployment = await setUp();
    const { redis, anns, bens, begin } = deployment;
    const turn = await begin('Before');
    await until('the word elsewhere', () => draftOf(bens) === 'Before ');
    await redisCommand(redis.url, 'CLIENT', 'KILL', 'TYPE', 'pubsub');
    turn.gate.open();
    await Promise.all([anns, bens].map((view) => view.turnEnd(turn.turnId)));
    const next = await begin('After');
    await until('the words elsewhere again', () => draftOf(bens)?.startsWith('After'), 5_000);
    next.gate.open();
    await Promise.all([anns, bens].map((view) => view.turnEnd(next.turnId)));
    expect(bens.state).toEqual(anns.state);
  }, 20_000);
});
