import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { askOnTheSide } from '../support/ask.ts';
import { elsewhere, makeRoomWithBot, type Person, signUp } from '../support/client.ts';
import { freshRedisConfig, hasRedis } from '../support/redis.ts';
import { says, startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import { startServer } from '../support/server-process.ts';
import { startApp } from '../support/start-app.ts';
import { until } from '../support/until.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanUps.splice(0).reverse()) await clean();
});

async function startEndpoint() {
  const endpoint = await startScriptedEndpoint();
  cleanUps.push(() => endpoint.close());
  endpoint.reply(says('It is about bells.'));
  return endpoint;
}

/** A question that is answered to its end; tells its conversation. */
async function askedWell(person: Person, roomId: string, query: string, conversationId?: string) {
  const answer = await askOnTheSide(person, { roomId, query, conversationId });
  expect([answer.status, await answer.ended]).toEqual([200, 'ended']);
  expect(answer.received.at(-1)?.event).toBe('done');
  return answer.received.at(-1)?.data.conversationId;
}

test.skipIf(!hasRedis)(
  '[AQ7] when a process is killed during an answer, the conversation goes on in another within seconds',
  async () => {
    const endpoint = await startEndpoint();
    const folder = mkdtempSync(join(tmpdir(), 'kibitz-ask-'));
    cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
    const redis = freshRedisConfig();
    const environment = {
      DATABASE_URL: `sqlite:${join(folder, 'kibitz.db')}`,
      OPENAI_BASE_URL: endpoint.baseURL,
      MODEL: 'scripted',
      REDIS_URL: redis.url,
      REDIS_PREFIX: redis.prefix,
    };
    const start = async () => {
      const server = await startServer(environment);
      cleanUps.push(() => server.kill('SIGKILL'));
      return server;
    };
    const [doomed, other] = [await start(), await start()];
    const ann = await signUp(doomed.url, 'Ann');
    const { roomId } = await makeRoomWithBot(ann);
    const conversationId = await askedWell(ann, roomId, 'What is it about?');

    endpoint.next({ steps: [{ text: 'Begun ' }, { stall: true }] });
    const cut = await askOnTheSide(ann, { roomId, query: 'Which bells?', conversationId });
    await until('the first word', () => cut.received.some(({ event }) => event === 'token'));
    doomed.kill('SIGKILL');
    await doomed.exited;
    const killedAt = performance.now();
    await askedWell(elsewhere(ann, other.url), roomId, 'Which bells, please?', conversationId);
    expect(performance.now() - killedAt).toBeLessThan(9_000);
    // What was answered before is known, what was cut is not.
    const told = endpoint.requests.at(-1)?.messages.map(({ content }) => content) ?? [];
    expect(told.slice(1)).toEqual(['What is it about?', 'It is about bells.', 'Which bells, please?']);
  },
);

test('[AQ8] a conversation that was begun while Redis is away goes on', async () => {
  const endpoint = await startEndpoint();
  await using app = await startApp({
    endpoint: { baseUrl: endpoint.baseURL, model: 'scripted' },
    redis: { url: 'redis://127.0.0.1:1', prefix: 'nobody' },
  });
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const conversationId = await askedWell(ann, roomId, 'What is it about?');
  await askedWell(ann, roomId, 'Which bells?', conversationId);
  expect(endpoint.requests.at(-1)?.messages).toHaveLength(4);
});
