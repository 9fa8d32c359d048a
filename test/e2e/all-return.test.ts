import { expect, test } from 'vitest';
import { openSocket } from '../../client/src/live/socket.ts';
import { elsewhere, invite, makeRoomWithBot, signUp } from '../support/client.ts';
import { RoomView } from '../support/room-view.ts';
import { createGate, saysGated, startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import { startApp } from '../support/start-app.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { until } from '../support/until.ts';

const count = 300;
/** Fewer of them with a whole server behind each. */
const tabCount = 120;

test('[SV6] tabs whose connections were all cut at once come back at different times', () => {
  const waits = Array.from({ length: count }, () => {
    const { io } = openSocket();
    const { backoff } = io as unknown as { backoff: { duration(): number } };
    return [0, 1, 2, 3, 4, 5].map(() => backoff.duration());
  });
  // After each try, how long since the cut.
  for (const tries of [1, 2, 3, 6]) {
    const at = waits.map((wait) => wait.slice(0, tries).reduce((sum, ms) => sum + ms, 0));
    const [from, to] = [Math.min(...at), Math.max(...at)];
    expect(from).toBeGreaterThanOrEqual(200);
    expect(to / from).toBeGreaterThan(1.5);
    // No tenth of the time in which they come has far more than its share.
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const ms of at) {
      const tenth = Math.min(9, Math.floor(((ms - from) / (to - from)) * 10));
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(Math.max(...tenths)).toBeLessThan(count / 3);
  }
});

test('[SV6] while hundreds of tabs come back at once, a reply reaches those who stayed word by word, and is whole for all', async () => {
  await using endpoint = await startScriptedEndpoint();
  await using app = await startApp({ endpoint: { baseUrl: endpoint.baseURL, model: 'scripted' } });
  await using proxy = await startTcpProxy(Number(new URL(app.url).port));
  const { host } = new URL(app.url);
  const ann = await signUp(app.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann);
  const guests = await Promise.all(
    Array.from({ length: 6 }, (_, n) => invite(ann, roomId, 'participant', `Guest ${n}`)),
  );
  const staying = await ann.connect();
  const stayed = new RoomView(staying, roomId);
  await stayed.join();
  const tabs = await Promise.all(
    Array.from({ length: tabCount }, async (_, n) => {
      const guest = guests[n % guests.length];
      if (guest === undefined) throw new Error('no guest');
      const socket = await elsewhere(guest, proxy.url).connect({ extraHeaders: { host } });
      const view = new RoomView(socket, roomId);
      await view.join();
      return { socket, view };
    }),
  );
  const gate = createGate();
  const words = Array.from({ length: 400 }, (_, n) => `word${n} `);
  endpoint.next(saysGated(gate, ...words));
  const asked = await staying.emitWithAck('message.post', { roomId, text: 'Count' });
  if (!asked.ok || asked.turnId === undefined) throw new Error('no turn');
  const { turnId } = asked;
  let soFar = '';
  const say = async (word: string) => {
    gate.release();
    soFar += word;
    await until('the word', () => [...stayed.drafts.values()][0]?.text === soFar);
  };
  for (const word of words.slice(0, 5)) await say(word);
  await until('the words everywhere', () => tabs.every(({ view }) => view.drafts.size === 1));

  proxy.cut();
  await until('all to be cut', () => tabs.every(({ socket }) => !socket.connected));
  const isBack = (view: RoomView) => [...view.drafts.values()][0]?.text === soFar;
  let said = 5;
  // A word at a time, each shown before the next is said, for as long as somebody is still on the way.
  while (said < words.length && tabs.some(({ socket, view }) => !socket.connected || !isBack(view))) {
    await say(words[said] ?? '');
    said += 1;
  }
  expect(said).toBeGreaterThan(10);
  gate.open();
  const views = [stayed, ...tabs.map(({ view }) => view)];
  await Promise.all(views.map((view) => view.turnEnd(turnId)));
  const text = words.join('');
  for (const view of views) {
    expect(view.texts()).toEqual(['Count', text]);
    expect(text.startsWith([...view.finalDrafts.values()][0] ?? '')).toBe(true);
  }
  expect(stayed.syncs).toBe(0);
  expect([...stayed.finalDrafts.values()]).toEqual([text]);
  for (const { socket } of tabs) socket.close();
  staying.close();
}, 60_000);
