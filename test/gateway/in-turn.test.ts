import { expect, test } from 'vitest';
import { createInTurn } from '../../src/gateway/in-turn.ts';
import type { Tab } from '../../src/gateway/tabs.ts';
import { makeRoomWithBot, signUp } from '../support/client.ts';
import { startApp } from '../support/start-app.ts';
import { until } from '../support/until.ts';

const fakeTab = () => ({ connected: true }) as unknown as Tab;

test('[LT5] what a tab asks for runs one after the other; one that fails or another tab holds up nobody', async () => {
  const inTurn = createInTurn(() => {});
  const [tab, other] = [fakeTab(), fakeTab()];
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const all = [
    inTurn(tab, async () => {
      await gate.promise;
      order.push('first');
      throw new Error('failed');
    }),
    inTurn(tab, async () => void order.push('second')),
    inTurn(tab, async () => void order.push('third')),
  ];
  await inTurn(other, async () => void order.push('another tab'));
  gate.resolve();
  const outcomes = await Promise.allSettled(all);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(order).toEqual(['another tab', 'first', 'second', 'third']);
});

test('[LT5] a tab that was cut for not reading is answered no more', async () => {
  const tab = fakeTab();
  const inTurn = createInTurn(() => Object.assign(tab, { connected: false }));
  let runs = 0;
  const ask = () => inTurn(tab, async () => (runs += 1));
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, ask));
  expect(runs).toBe(1);
  expect(outcomes.slice(1).every(({ status }) => status === 'rejected')).toBe(true);
});

test('[LT5] a tab that asks for a large room over and over and does not read is cut, not served', async () => {
  await using app = await startApp();
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann, { reply: 'mention' });
  const [tab, greedy] = [await ann.connect(), await ann.connect()];
  const text = 'x'.repeat(32_000);
  await Promise.all(Array.from({ length: 100 }, () => tab.emitWithAck('message.post', { roomId, text })));
  const { ws } = greedy.io.engine.transport as unknown as { ws: { pause(): void; resume(): void } };
  greedy.io.reconnection(false);
  ws.pause();
  const before = process.memoryUsage().rss;
  for (let n = 0; n < 300; n += 1) greedy.emit('room.join', { roomId }, () => {});
  await until('the greedy tab to be cut', () =>
    app.log.lines.some(({ message }) => message.includes('is cut')),
  );
  // 300 answers of 3 MB would be 1 GB.
  expect(process.memoryUsage().rss - before).toBeLessThan(500_000_000);
  expect(await tab.emitWithAck('room.join', { roomId })).toMatchObject({ ok: true });
  ws.resume();
  tab.close();
  greedy.close();
});
