import { expect, test } from 'vitest';
import { askOnTheSide } from '../support/ask.ts';
import { elsewhere, invite, makeRoomWithBot, signUp } from '../support/client.ts';
import { freshSqliteUrl } from '../support/databases.ts';
import { openEventStream } from '../support/event-stream.ts';
import { startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import { startCluster } from '../support/start-cluster.ts';
import { until } from '../support/until.ts';

/** Where nothing answers: the processes hear of each other by the database alone. */
const noRedis = { url: 'redis://127.0.0.1:1', prefix: 'nobody' };

/** Two processes, a room of Ann's with Ben in it, and a model that begins answers and never ends them. */
async function setUp() {
  const endpoint = await startScriptedEndpoint();
  endpoint.reply({ steps: [{ text: 'Begun ' }, { stall: true }] });
  const cluster = await startCluster(2, await freshSqliteUrl(), {
    endpoint: { baseUrl: endpoint.baseURL, model: 'scripted' },
    redis: noRedis,
  });
  const [here = '', there = ''] = cluster.apps.map(({ url }) => url);
  const ann = await signUp(here, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const ben = await invite(ann, roomId, 'participant', 'Ben');
  const close = async () => {
    await cluster[Symbol.asyncDispose]();
    await endpoint.close();
  };
  return { endpoint, here, there, ann, ben, roomId, [Symbol.asyncDispose]: close };
}

type Room = Awaited<ReturnType<typeof setUp>>;
const ways: [string, string, (room: Room) => Promise<{ status: number }>][] = [
  [
    'removed',
    'not_found',
    ({ ann, ben, roomId }) => ann.command(roomId, 'member.remove', { userId: ben.id }),
  ],
  [
    'demoted',
    'forbidden',
    ({ ann, ben, roomId }) => ann.command(roomId, 'member.setRole', { userId: ben.id, role: 'spectator' }),
  ],
  ['signed out', 'unauthenticated', ({ ben }) => ben.call('DELETE', '/api/session')],
];

for (const [how, code, sendAway] of ways) {
  test(`[AQ6] the answer to one who is ${how} ends within a second on every process, and so does the call of the model`, async () => {
    await using room = await setUp();
    const { endpoint, here, there, ben, roomId } = room;
    const asked = await Promise.all(
      [here, there].map((url) => askOnTheSide(elsewhere(ben, url), { roomId, query: 'What is it about?' })),
    );
    await until('the first words', () =>
      asked.every(({ received }) => received.some(({ event }) => event === 'token')),
    );
    expect((await sendAway(room)).status).toBe(200);
    const sentAwayAt = performance.now();
    await Promise.all(asked.map(({ ended }) => ended));
    expect(await Promise.all(endpoint.requests.map(({ ended }) => ended))).toEqual(['aborted', 'aborted']);
    expect(performance.now() - sentAwayAt).toBeLessThan(1_500);
    for (const { received } of asked) {
      expect(received.at(-1)).toMatchObject({ event: 'error', data: { code } });
      expect(received.map(({ event }) => event)).not.toContain('done');
    }
  });
}

test('[SV13] the stream of one who signed out elsewhere ends within a second, also in a quiet room', async () => {
  await using room = await setUp();
  const { there, ben, roomId } = room;
  const stream = await openEventStream(elsewhere(ben, there), roomId);
  await until('the first events', () => stream.received.length > 0);
  expect((await ben.call('DELETE', '/api/session')).status).toBe(200);
  const signedOutAt = performance.now();
  expect(await stream.ended).toBe('ended');
  expect(performance.now() - signedOutAt).toBeLessThan(1_500);
});
