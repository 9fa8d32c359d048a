import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { elsewhere, makeRoomWithBot, signUp } from '../support/client.ts';
import { RoomView } from '../support/room-view.ts';
import { startServer } from '../support/server-process.ts';

const culprit = pathToFileURL(join(import.meta.dirname, '../fixtures/reject-on-signal.ts')).href;

test('[SV11] a rejection that nobody handles is logged, ends the process with an error, and the next start is a clean one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kibitz-unhandled-'));
  const environment = { DATABASE_URL: `sqlite:${join(folder, 'kibitz.db')}` };
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const server = await startServer({ ...environment, NODE_OPTIONS: `--import=${culprit}` });
  onTestFinished(() => server.kill('SIGKILL'));
  const ann = await signUp(server.url, 'Ann');
  const { roomId } = await makeRoomWithBot(ann, { reply: 'mention' });
  const { body } = await ann.command(roomId, 'message.post', { text: 'Acknowledged' });
  expect(body.ok).toBe(true);
  server.kill('SIGUSR2');
  expect(await server.exited).toBe(1);
  const told = server.lines.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'unhandled rejection');
  expect(told).toMatchObject({ level: 60, err: { message: 'nobody handles this' } });

  const again = await startServer(environment);
  onTestFinished(() => again.kill('SIGKILL'));
  const socket = await elsewhere(ann, again.url).connect();
  const view = new RoomView(socket, roomId);
  await view.join();
  expect(view.texts()).toEqual(['Acknowledged']);
  expect(await socket.emitWithAck('message.post', { roomId, text: 'And on' })).toMatchObject({ ok: true });
  socket.close();
  again.kill('SIGTERM');
  expect(await again.exited).toBe(0);
});
