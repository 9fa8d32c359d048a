import { expect, test } from 'vitest';
import { defaultPing } from '../../src/gateway/gateway.ts';
import { elsewhere, invite, makeRoomWithBot, signUp } from '../support/client.ts';
import { RoomView } from '../support/room-view.ts';
import { startApp } from '../support/start-app.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { until } from '../support/until.ts';

test('[SV5] a tab whose packets no longer come, without a goodbye, is gone from the presence within the limits of a ping', async () => {
  expect(defaultPing.interval + defaultPing.timeout).toBeLessThanOrEqual(20_000);
  const ping = { interval: 400, timeout: 400 };
  await using app = await startApp({}, { ping });
  await using proxy = await startTcpProxy(Number(new URL(app.url).port));
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const ben = elsewhere(await invite(ann, roomId, 'participant', 'Ben'), proxy.url);
  const { host } = new URL(app.url);
  const [near, far] = [await ann.connect(), await ben.connect({ extraHeaders: { host } })];
  const [anns, bens] = [new RoomView(near, roomId), new RoomView(far, roomId)];
  await Promise.all([anns.join(), bens.join()]);
  const present = () => anns.presence?.people.map(({ name }) => name).join();
  await until('both', () => present() === 'Ann,Ben');
  far.io.reconnection(false);
  proxy.hold();
  expect(far.connected).toBe(true);
  await until('Ben to be gone', () => present() === 'Ann');
  // The other end finds out by itself as well.
  await until('the tab to notice', () => !far.connected);
  expect(near.connected).toBe(true);
  near.close();
});
