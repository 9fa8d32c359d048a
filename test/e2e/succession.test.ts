import { expect, test } from 'vitest';
import { elsewhere, makeRoomWithBot, signUp } from '../support/client.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { freshRedisConfig, hasRedis } from '../support/redis.ts';
import { RoomView } from '../support/room-view.ts';
import { createGate, says, saysGated, startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import { startServer } from '../support/server-process.ts';
import { until } from '../support/until.ts';

/** What people are shown before the holder goes; with Redis all of it is kept. */
const shown = 'Begun, and never ';

/** Milliseconds of a lease, shorter than usual; and for a succession, on a busy machine. */
const lease = 2_000;
const patience = 25_000;

describeOnEachDatabase('succession', (openUrl) => {
  /** Two server processes on one database; a turn runs in the first, and another one waits behind it. */
  async function setUp() {
    const endpoint = await startScriptedEndpoint();
    const environment: Record<string, string> = {
      DATABASE_URL: await openUrl(),
      OPENAI_BASE_URL: endpoint.baseURL,
      MODEL: 'scripted',
      TURN_LEASE_MS: String(lease),
    };
    if (hasRedis) {
      const { url, prefix } = freshRedisConfig();
      Object.assign(environment, { REDIS_URL: url, REDIS_PREFIX: prefix });
    }
    const first = await startServer(environment);
    const second = await startServer(environment);
    const ann = await signUp(first.url, 'Ann');
    const { roomId } = await makeRoomWithBot(ann);
    const [near, far] = [await ann.connect(), await elsewhere(ann, second.url).connect()];
    const view = new RoomView(far, roomId);
    await view.join();
    const gate = createGate();
    endpoint.next(saysGated(gate, 'Begun, ', 'and never ', 'finished.'));
    endpoint.reply(says('Taken on.'));
    const running = await near.emitWithAck('message.post', { roomId, text: 'One' });
    gate.release(2);
    await until('the words elsewhere', () =>
      [...view.drafts.values()].some(({ text }) => text.startsWith(hasRedis ? shown : 'Begun, ')),
    );
    const waiting = await near.emitWithAck('message.post', { roomId, text: 'Two' });
    if (!running.ok || !waiting.ok || running.turnId === undefined || waiting.turnId === undefined)
      throw new Error('no turns');
    return {
      first,
      view,
      gate,
      request: await endpoint.request(0),
      turns: [running.turnId, waiting.turnId] as const,
      [Symbol.asyncDispose]: async () => {
        near.close();
        far.close();
        for (const server of [first, second]) {
          server.kill('SIGKILL');
          await server.exited;
        }
        await endpoint.close();
      },
    };
  }

  const outcomes = (view: RoomView) =>
    view.events.flatMap((event) =>
      event.kind === 'turn.ended' ? [[event.turnId, (event.data as { outcome: string }).outcome]] : [],
    );

  const replies = (view: RoomView) =>
    view.state?.messages.filter(({ author }) => author.type === 'bot').map(({ text }) => text) ?? [];

  test('[TL9] a holder that is stopped past its lease is succeeded; when it goes on it writes nothing and leaves its model', async () => {
    await using deployment = await setUp();
    const { first, view, request, turns } = deployment;
    first.kill('SIGSTOP');
    await Promise.all(turns.map((turnId) => view.turnEnd(turnId, patience)));
    const ended = [
      [turns[0], 'interrupted'],
      [turns[1], 'completed'],
    ];
    expect(outcomes(view)).toEqual(ended);
    if (hasRedis) expect(replies(view)[0]).toBe(shown);
    else expect(shown.startsWith(replies(view)[0] ?? '-')).toBe(true);
    expect(replies(view)[1]).toBe('Taken on.');
    const { seq } = view.state ?? {};
    first.kill('SIGCONT');
    expect(await request.ended).toBe('aborted');
    // It is there again, as everybody's equal.
    await until('the first process', async () => (await fetch(`${first.url}/readyz`)).ok);
    expect(outcomes(view)).toEqual(ended);
    expect(view.state?.seq).toBe(seq);
  }, 40_000);

  test('[TL9] a holder that is killed is succeeded: its turn ends with its words, its queue goes on', async () => {
    await using deployment = await setUp();
    const { first, view, turns } = deployment;
    first.kill('SIGKILL');
    await Promise.all(turns.map((turnId) => view.turnEnd(turnId, patience)));
    expect(outcomes(view)).toEqual([
      [turns[0], 'interrupted'],
      [turns[1], 'completed'],
    ]);
    if (hasRedis) expect(replies(view)[0]).toBe(shown);
    else expect(shown.startsWith(replies(view)[0] ?? '-')).toBe(true);
    expect(replies(view)[1]).toBe('Taken on.');
  }, 40_000);

  test('[TL10] a holder that is asked to go ends its turn with its words and hands its queue over at once', async () => {
    await using deployment = await setUp();
    const { first, view, gate, turns } = deployment;
    first.kill('SIGTERM');
    gate.open();
    await Promise.all(turns.map((turnId) => view.turnEnd(turnId, patience)));
    expect(outcomes(view)).toEqual(turns.map((turnId) => [turnId, 'completed']));
    expect(await first.exited).toBe(0);
  }, 40_000);
});
