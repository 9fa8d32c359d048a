import { expect, test } from 'vitest';
import { createRateLimits, defaultRates } from '../../src/commands/rate-limits.ts';
import { makeRoomWithBot, signUp } from '../support/client.ts';
import { startApp } from '../support/start-app.ts';

const never = { points: 0, seconds: 60 };

test('[GW7] each may do so much in a while, and then hears when to try again', async () => {
  const limits = createRateLimits({
    command: { points: 3, seconds: 7 },
    create: never,
    enter: never,
    upload: never,
  });
  for (let n = 0; n < 3; n += 1) await limits.command('ann');
  const refused = await limits.command('ann').catch((reason: unknown) => reason);
  expect(refused).toMatchObject({ code: 'rate_limited', details: { retryAfter: 7 } });
  await expect(limits.command('ben')).resolves.toBeUndefined();
  await expect(limits.create('ann')).rejects.toMatchObject({ code: 'rate_limited' });
});

test('[GW7] a flood of commands is answered with 429 and Retry-After, by socket too; others go on', async () => {
  await using app = await startApp();
  const [ann, ben] = [await signUp(app.url, 'Ann'), await signUp(app.url, 'Ben')];
  const { roomId } = await makeRoomWithBot(ann);
  const tab = await ann.connect();
  const emits = Array.from({ length: defaultRates.command.points + 1 }, () =>
    tab.emitWithAck('room.leave', { roomId }),
  );
  const answers = await Promise.all(emits);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(defaultRates.command.points);
  expect(answers.at(-1)).toMatchObject({
    ok: false,
    error: { code: 'rate_limited', retryAfter: expect.any(Number) },
  });
  const refused = await ann.command(roomId, 'message.post', { text: 'One more' });
  expect(refused).toMatchObject({ status: 429, body: { error: { code: 'rate_limited' } } });
  const seconds = Number(refused.headers.get('retry-after'));
  expect(seconds).toBeGreaterThanOrEqual(1);
  expect(seconds).toBeLessThanOrEqual(defaultRates.command.seconds);
  expect(refused.body.error.retryAfter).toBe(seconds);
  const other = await ben.connect();
  expect(await other.emitWithAck('room.leave', { roomId })).toEqual({ ok: true });
  tab.close();
  other.close();
});

test('[GW7] people behind a proxy are limited each by their own address, if the proxy is one that is believed', async () => {
  const joinFrom = async (url: string, address: string) => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
    return (await fetch(`${url}/api/join`, { method: 'POST', headers, body: '{"token":"none"}' })).status;
  };
  const flood = async (url: string) => {
    for (let left = defaultRates.enter.points; left > 0; left -= 100)
      await Promise.all(Array.from({ length: 100 }, () => joinFrom(url, '192.0.2.1')));
    return [await joinFrom(url, '192.0.2.1'), await joinFrom(url, '192.0.2.2')];
  };
  await using believed = await startApp();
  expect(await flood(believed.url)).toEqual([429, 404]);
  await using unbelieved = await startApp({ trustedProxies: ['10.0.0.0/8'] });
  expect(await flood(unbelieved.url)).toEqual([429, 429]);
});
