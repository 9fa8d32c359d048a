import { expect, test } from 'vitest';
import { usageResult } from '../../src/protocol/usage.ts';
import { invite, makeRoomWithBot, type Person, signUp } from '../support/client.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { startApp } from '../support/start-app.ts';
import { until } from '../support/until.ts';

const usageOf = (person: Person, roomId: string, query = '') =>
  person.call('GET', `/api/rooms/${roomId}/usage${query}`);

/** What a room took, as soon as that many calls are written down. */
async function usageAfter(person: Person, roomId: string, calls: number) {
  return until('the calls to be written down', async () => {
    const { body } = await usageOf(person, roomId);
    return body.totals.calls >= calls ? usageResult.parse(body) : undefined;
  });
}

test('[US10] who takes part is told what the room took, by everything there is to it', async () => {
  await using app = await startApp();
  const ann = await signUp(app.url, 'Ann');
  const { roomId, botId } = await makeRoomWithBot(ann);
  const bea = await invite(ann, roomId, 'participant', 'Bea');
  expect(usageResult.parse((await usageOf(bea, roomId)).body)).toMatchObject({
    totals: { calls: 0, failed: 0, estimated: 0, promptTokens: 0, completionTokens: 0 },
    byModel: [],
    byUser: [],
    byPurpose: [],
    byDay: [],
    calls: [],
  });
  await ann.command(roomId, 'message.post', { text: 'Hello there' });
  await usageAfter(bea, roomId, 1);
  await bea.command(roomId, 'message.post', { text: 'And to you' });
  const told = await usageAfter(ann, roomId, 2);
  const [latest, first] = told.calls;
  expect([first?.userId, latest?.userId]).toEqual([ann.id, bea.id]);
  expect(latest).toMatchObject({
    botId,
    purpose: 'reply',
    model: 'demo',
    tier: 'primary',
    outcome: 'completed',
  });
  const tokens = (first?.promptTokens ?? 0) + (latest?.promptTokens ?? 0);
  expect(tokens).toBeGreaterThan(0);
  expect(told.totals).toMatchObject({ calls: 2, failed: 0, estimated: 2, promptTokens: tokens });
  expect(told.byModel).toEqual([{ model: 'demo', ...told.totals }]);
  expect(told.byPurpose).toEqual([{ purpose: 'reply', ...told.totals }]);
  expect(told.byDay.map(({ calls }) => calls).reduce((a, b) => a + b)).toBe(2);
  expect(told.byUser.map(({ userId }) => userId).toSorted()).toEqual([ann.id, bea.id].toSorted());
});

test('[US10] spectators and strangers are refused; odd numbers of days too', async () => {
  await using app = await startApp();
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const sam = await invite(ann, roomId, 'spectator', 'Sam');
  const max = await signUp(app.url, 'Max');
  expect((await usageOf(sam, roomId)).status).toBe(403);
  expect((await usageOf(max, roomId)).status).toBe(404);
  expect((await fetch(`${app.url}/api/rooms/${roomId}/usage`)).status).toBe(401);
  for (const days of ['0', '367', '1.5', 'all'])
    expect((await usageOf(ann, roomId, `?days=${days}`)).status).toBe(400);
  expect((await usageOf(ann, roomId, '?days=366')).status).toBe(200);
});

test('[US6] moderators set a room’s budget, and take it back; the turn says that it is spent', async () => {
  await using app = await startApp();
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const mod = await invite(ann, roomId, 'moderator', 'Mo');
  const bea = await invite(ann, roomId, 'participant', 'Bea');
  const set = (person: Person, budget: object) =>
    person.command(roomId, 'room.update', { settings: { budget } });
  expect((await set(bea, { room: 5 })).status).toBe(403);
  expect((await set(mod, { room: 0 })).status).toBe(400);
  expect((await set(mod, { room: 50, person: 10_000 })).status).toBe(200);

  const outcomeOf = async (text: string) => {
    const { turnId } = (await bea.command(roomId, 'message.post', { text })).body;
    const ended = await until('the turn to end', async () => {
      const { body } = await bea.call('GET', `/api/rooms/${roomId}/events?limit=1000`);
      return body.events.find(
        (event: { kind: string; turnId?: string }) => event.kind === 'turn.ended' && event.turnId === turnId,
      );
    });
    return ended.data;
  };
  expect(await outcomeOf('Anybody?')).toMatchObject({
    outcome: 'failed',
    error: expect.stringMatching(
      /^This room’s budget, 50 tokens a day, has 50 left today, and this may take 1,\d+\. It starts over at 00:00 UTC; a moderator can raise it/,
    ),
  });
  await set(mod, { person: 10 });
  expect((await outcomeOf('Hello?')).error).toMatch(/^Bea’s budget in this room, 10 tokens a day/);
  await set(mod, {});
  expect((await outcomeOf('And now?')).outcome).toBe('completed');
});

test('[US6] the server’s budget for a person holds over all rooms', async () => {
  await using app = await startApp({ dailyTokensPerUser: 100 });
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  await ann.command(roomId, 'message.post', { text: 'Hello' });
  const failed = await until('the turn to fail', async () => {
    const { body } = await ann.call('GET', `/api/rooms/${roomId}/events?limit=1000`);
    return body.events.find((event: { kind: string }) => event.kind === 'turn.ended');
  });
  expect(failed.data.error).toMatch(/^Ann’s budget on this server, 100 tokens a day.*DAILY_TOKENS_PER_USER/);
});

describeOnEachDatabase('what is told beside the sums', (freshUrl) => {
  test('[US12] people and bots are named, those who left too, and so is the room', async () => {
    await using app = await startApp({ databaseUrl: await freshUrl() });
    const ann = await signUp(app.url, 'Ann');
    const { roomId, botId } = await makeRoomWithBot(ann);
    const bea = await invite(ann, roomId, 'participant', 'Bea');
    await bea.command(roomId, 'message.post', { text: 'Hello' });
    await usageAfter(ann, roomId, 1);
    expect((await ann.command(roomId, 'bot.remove', { botId })).status).toBe(200);
    expect((await ann.command(roomId, 'member.remove', { userId: bea.id })).status).toBe(200);
    const told = usageResult.parse((await usageOf(ann, roomId)).body);
    expect(told.byUser).toMatchObject([{ userId: bea.id, name: 'Bea' }]);
    expect(told.bots).toEqual([{ botId, name: 'Kibitz' }]);
    expect(told.title).toBe('The room');
  });

  test('[US13] what was taken today is told beside each budget that it counts against', async () => {
    await using app = await startApp({ databaseUrl: await freshUrl(), dailyTokensPerUser: 70_000 });
    const ann = await signUp(app.url, 'Ann');
    const { roomId } = await makeRoomWithBot(ann);
    const bea = await invite(ann, roomId, 'participant', 'Bea');
    await invite(ann, roomId, 'spectator', 'Sam');
    const today = async () => usageResult.parse((await usageOf(ann, roomId)).body).today;
    expect(await today()).toEqual({
      day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      room: { tokens: 0 },
      people: expect.arrayContaining([
        { userId: ann.id, name: 'Ann', tokens: 0 },
        { userId: bea.id, name: 'Bea', tokens: 0 },
      ]),
      youOnServer: { tokens: 0, budget: 70_000 },
    });
    await ann.command(roomId, 'room.update', { settings: { budget: { room: 50_000, person: 9_000 } } });
    await bea.command(roomId, 'message.post', { text: 'Hello' });
    const { totals } = await usageAfter(ann, roomId, 1);
    const tokens = totals.promptTokens + totals.completionTokens;
    expect(await today()).toMatchObject({
      room: { tokens, budget: 50_000 },
      people: [
        { name: 'Bea', tokens, budget: 9_000 },
        { name: 'Ann', tokens: 0, budget: 9_000 },
      ],
      // What Bea took is hers alone.
      youOnServer: { tokens: 0, budget: 70_000 },
    });
  });
});

test('[US11] metrics count calls and tokens by purpose and outcome', async () => {
  await using app = await startApp();
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  await ann.command(roomId, 'message.post', { text: 'Hello' });
  const { totals } = await usageAfter(ann, roomId, 1);
  const text = await (await fetch(`${app.url}/metrics`)).text();
  expect(text).toContain('kibitz_model_calls_total{purpose="reply",outcome="completed"} 1\n');
  expect(text).toContain(
    `kibitz_model_tokens_total{purpose="reply",outcome="completed",direction="in"} ${totals.promptTokens}\n`,
  );
  expect(text).toContain(`direction="out"} ${totals.completionTokens}\n`);
});
