import { expect, test } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { randomId } from '../../src/lib/ids.ts';
import { connectRedis } from '../../src/redis/redis.ts';
import type { Pair } from '../../src/turns/ask/conversation-store.ts';
import { createConversations } from '../../src/turns/ask/conversations.ts';
import { createMemoryConversations } from '../../src/turns/ask/memory-conversations.ts';
import { createRedisConversations } from '../../src/turns/ask/redis-conversations.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { describeInMemoryAndRedis } from '../support/redis.ts';
import { createRecordedLog } from '../support/silent-log.ts';

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

test('[AQ3] while Redis is away a new question is answered, and one that goes on is told why not', async () => {
  const clock = createManualClock();
  const log = createRecordedLog();
  const redis = connectRedis({ url: 'redis://127.0.0.1:1', prefix: 'nobody', clock, log });
  const store = createRedisConversations(redis, clock, randomId);
  const conversations = createConversations({ store, newId: randomId, log });
  let answered = 0;
  const answer = async () => {
    answered += 1;
    return { pair: pairOf('q'), numbering: [] };
  };
  await conversations.within('ann', undefined, signal, answer);
  expect(answered).toBe(1);
  await expect(conversations.within('ann', 'one', signal, answer)).rejects.toMatchObject({
    code: 'unavailable',
  });
  redis.close();
});
