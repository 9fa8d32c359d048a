import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { randomId } from '../../src/lib/ids.ts';
import { connectRedis, type Redis } from '../../src/redis/redis.ts';
import type { Pair } from '../../src/turns/ask/conversation-store.ts';
import { createConversations } from '../../src/turns/ask/conversations.ts';
import { createMemoryConversations } from '../../src/turns/ask/memory-conversations.ts';
import { createRedisConversations, type LockTiming } from '../../src/turns/ask/redis-conversations.ts';
import { createSharedConversations } from '../../src/turns/ask/shared-conversations.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { describeInMemoryAndRedis, freshRedisConfig, hasRedis, openRedis } from '../support/redis.ts';
import { createRecordedLog } from '../support/silent-log.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { until } from '../support/until.ts';

const signal = new AbortController().signal;
const pairOf = (question: string): Pair => ({ question, answer: `to ${question}` });

describeInMemoryAndRedis('conversations', (openRedis) => {
  /** As many processes as wanted, which share what they can share. */
  async function setUp(processes: number) {
    const redis = await openRedis();
    const memory = createMemoryConversations(systemClock);
    return Array.from({ length: processes }, () => {
      const store = redis ? createRedisConversations(redis, systemClock, randomId) : memory;
      return createConversations({ store, newId: randomId, log: createRecordedLog() });
    });
  }

  type Side = Awaited<ReturnType<typeof setUp>>[number];

  /** Asks one question; tells the conversation and the questions that came before. */
  async function ask(side: Side | undefined, owner: string, question: string, id?: string) {
    let told: { id: string; before: string[] } | undefined;
    await side?.within(owner, id, signal, async (conversationId, pairs, numbering) => {
      // Time in which another one could come in between.
      await new Promise(setImmediate);
      told = { id: conversationId, before: pairs.map((pair) => pair.question) };
      return { pair: pairOf(question), numbering };
    });
    if (told === undefined) throw new Error('nobody was asked');
    return told;
  }

  test('[AQ3] no pair is lost when one asks from several processes at once; the last ten are told', async () => {
    const [one, other] = await setUp(2);
    const { id } = await ask(one, 'ann', 'first');
    const questions = Array.from({ length: 8 }, (_, n) => `q${n}`);
    const before = await Promise.all(
      questions.map((question, n) => ask(n % 2 === 0 ? one : other, 'ann', question, id)),
    );
    expect(before.map((told) => told.before.length).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const last = await ask(one, 'ann', 'last', id);
    expect(last.before.toSorted()).toEqual(['first', ...questions].toSorted());
    for (const question of ['a', 'b']) await ask(other, 'ann', question, id);
    expect((await ask(one, 'ann', 'c', id)).before).toHaveLength(10);
  });

  test('[AQ3] one goes on at once after the first answer, and nobody goes on with another’s', async () => {
    const [one, other] = await setUp(2);
    const follow = Promise.withResolvers<{ before: string[] }>();
    await one?.within('ann', undefined, signal, async (id, _pairs, numbering) => {
      // The asker knows the id as soon as the answer is told, before it is kept.
      follow.resolve(ask(other, 'ann', 'and then?', id));
      void ask(one, 'ben', 'mine?', id).catch(() => {});
      return { pair: pairOf('first'), numbering };
    });
    if (one === undefined) throw new Error('no process');
    const { id } = await ask(one, 'ann', 'own');
    await expect(ask(other, 'ben', 'mine?', id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(ask(other, 'ann', 'which?', 'unknown')).rejects.toMatchObject({ code: 'not_found' });
    expect((await follow.promise).before).toEqual(['first']);
  });

  test('[AQ3] an answer that fails lets the next one in', async () => {
    const [one, other] = await setUp(2);
    const { id } = await ask(one, 'ann', 'first');
    const fail = one?.within('ann', id, signal, async () => {
      throw new Error('no model');
    });
    await expect(fail).rejects.toThrow('no model');
    expect((await ask(other, 'ann', 'again', id)).before).toEqual(['first']);
  });
});

test('[AQ7] one who waits behind an answer that takes long is told so, and who comes after it gets in', async () => {
  const clock = createManualClock();
  const store = createMemoryConversations(clock);
  const conversations = createConversations({ store, newId: () => 'c', log: createRecordedLog() });
  const [answering, isAnswered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = conversations.within('ann', undefined, signal, async (_id, _pairs, numbering) => {
    answering.resolve();
    await isAnswered.promise;
    return { pair: pairOf('first'), numbering };
  });
  await answering.promise;
  const answer = async () => ({ pair: pairOf('more'), numbering: [] });
  const second = expect(conversations.within('ann', 'c', signal, answer)).rejects.toMatchObject({
    code: 'unavailable',
  });
  clock.advance(10_000);
  await second;
  const third = conversations.within('ann', 'c', signal, answer);
  isAnswered.resolve();
  await Promise.all([first, third]);
  expect((await store.load('c'))?.pairs.map(({ question }) => question)).toEqual(['first', 'more']);
});

describe.skipIf(!hasRedis)('the lock of a conversation in Redis', () => {
  /** Two processes; of the first, the clock stands still as if it had died. */
  async function setUp(timing: LockTiming) {
    const redis = await openRedis();
    const stopped = createManualClock();
    const dead = createRedisConversations(redis, stopped, randomId, timing);
    const alive = createRedisConversations(redis, systemClock, randomId, timing);
    return { dead, alive, conversation: { owner: 'ann', pairs: [pairOf('first')], numbering: [] } };
  }

  test('[AQ7] a process that died while it answered keeps nobody out for long, and can keep nothing any more', async () => {
    const { dead, alive, conversation } = await setUp({ lease: 1_000, renewEvery: 50, patience: 5_000 });
    const lost = await dead.enter('c', signal);
    const visit = await alive.enter('c', signal);
    await visit.keep(conversation);
    await expect(lost.keep({ ...conversation, pairs: [] })).rejects.toThrow('lost');
    await lost.leave();
    expect(await alive.load('c')).toEqual(conversation);
    // What the dead one let go of was not its own any more.
    await visit.keep(conversation);
    await visit.leave();
    await expect(visit.keep(conversation)).rejects.toThrow('lost');
  });

  test('[AQ7] a process that goes on answering keeps the others out, who are told so after a while', async () => {
    const { alive, conversation } = await setUp({ lease: 1_000, renewEvery: 50, patience: 2_000 });
    const visit = await alive.enter('c', signal);
    await expect(alive.enter('c', signal)).rejects.toMatchObject({ code: 'unavailable' });
    await visit.keep(conversation);
    await visit.leave();
    await (await alive.enter('c', signal)).leave();
  });
});

/** One process with its own memory, and a Redis that may be away. */
function processWith(redis: Redis) {
  const log = createRecordedLog();
  const own = createMemoryConversations(systemClock);
  const store = createSharedConversations(createRedisConversations(redis, systemClock, randomId), own);
  const conversations = createConversations({ store, newId: randomId, log });
  /** Tells the conversation and the questions before this one. */
  async function ask(question: string, wanted?: string, meanwhile?: () => Promise<void>) {
    let told = { id: '', before: [''] };
    await conversations.within('ann', wanted, signal, async (id, pairs, numbering) => {
      await meanwhile?.();
      told = { id, before: pairs.map((pair) => pair.question) };
      return { pair: pairOf(question), numbering };
    });
    return told;
  }
  return { ask, own, log };
}

test('[AQ3] [AQ8] while Redis is away a conversation begins and goes on; one that is elsewhere is told why not', async () => {
  const log = createRecordedLog();
  const redis = connectRedis({ url: 'redis://127.0.0.1:1', prefix: 'nobody', clock: systemClock, log });
  const { ask } = processWith(redis);
  const { id } = await ask('first');
  expect((await ask('second', id)).before).toEqual(['first']);
  expect((await ask('third', id)).before).toEqual(['first', 'second']);
  await expect(ask('which?', 'one')).rejects.toMatchObject({ code: 'unavailable' });
  redis.close();
});

test.skipIf(!hasRedis)(
  '[AQ8] what was begun while Redis was away goes on in this process when it is back, and then in all',
  async () => {
    const config = freshRedisConfig();
    const url = new URL(config.url);
    await using proxy = await startTcpProxy(Number(url.port || 6379));
    url.host = `127.0.0.1:${proxy.port}`;
    const redis = await openRedis({ ...config, url: url.href });
    const [one, other] = [processWith(redis), processWith(await openRedis(config))];
    proxy.refuse();
    await until('nobody to be there', () => !redis.isUp);
    const { id } = await one.ask('away');
    proxy.heal();
    await until('Redis', () => redis.isUp);
    await expect(other.ask('not yet', id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await one.ask('back', id)).before).toEqual(['away']);
    expect(await one.own.load(id)).toBeUndefined();
    expect((await other.ask('elsewhere', id)).before).toEqual(['away', 'back']);

    // Redis may also go while there is an answer on its way.
    const begun = await one.ask('begun', undefined, async () => proxy.refuse());
    expect((await one.ask('gone on', begun.id)).before).toEqual(['begun']);
    expect(one.log.lines.length).toBeGreaterThan(0);
  },
);
