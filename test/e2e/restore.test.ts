import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { makeRoomWithBot, signUp } from '../support/client.ts';
import { RoomView } from '../support/room-view.ts';
import { startServer } from '../support/server-process.ts';
import { freePort } from '../support/service.ts';
import { until } from '../support/until.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanUps.splice(0).reverse()) await clean();
});

test('[SV1] when an older database is put back after kill -9, an open tab shows the older log and goes on from there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kibitz-restore-'));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  const [path, backup] = [join(folder, 'kibitz.db'), join(folder, 'backup.db')];
  const port = String(await freePort());
  const start = async () => {
    const server = await startServer({ DATABASE_URL: `sqlite:${path}`, PORT: port });
    cleanUps.push(() => server.kill('SIGKILL'));
    return server;
  };
  const witnessed = () => Number(readFileSync(`${path}-latest`, 'utf8'));

  const first = await start();
  const ann = await signUp(first.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann, { reply: 'mention' });
  const socket = await ann.connect();
  cleanUps.push(() => socket.close());
  const view = new RoomView(socket, roomId);
  await view.join();
  const say = async (text: string) => {
    const { body } = await ann.command(roomId, 'message.post', { text });
    expect(body).toMatchObject({ ok: true });
    return body.seq as number;
  };
  const kept = await say('Kept');
  first.kill('SIGTERM');
  expect(await first.exited).toBe(0);
  copyFileSync(path, backup);

  const second = await start();
  await until('the tab to be back', () => socket.connected);
  await say('Lost');
  const lost = await say('Lost too');
  await until('the tab to show it', () => view.state?.seq === lost);
  await until('it to be witnessed', () => witnessed() >= lost);
  const before = view.epoch;
  second.kill('SIGKILL');
  await second.exited;
  for (const beside of ['-wal', '-shm']) rmSync(path + beside, { force: true });
  copyFileSync(backup, path);

  await start();
  await until('another epoch in the tab', () => view.epoch !== before);
  expect(view.texts()).toEqual(['Kept']);
  expect(view.state?.seq).toBe(kept);
  // Numbers that the tab has seen with other events are given anew, past where it stood.
  for (const text of ['New', 'And new', 'And more']) await say(text);
  await until('the new words', () => view.texts().length === 4);
  expect(view.texts()).toEqual(['Kept', 'New', 'And new', 'And more']);
}, 30_000);
