import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { invite, makeRoomWithBot, signUp, type TabSocket } from '../support/client.ts';
import { RoomView } from '../support/room-view.ts';
import { startServer } from '../support/server-process.ts';
import { until } from '../support/until.ts';

const megabyte = 1_024 * 1_024;
const text = 'x'.repeat(32_000);

/** The most memory a process has ever had. */
function peakOf(pid: number): number {
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1_024;
}

/** The WebSocket under a client: stops reading from the network, and goes on. */
function wireOf(socket: TabSocket): { pause(): void; resume(): void } {
  const { ws } = socket.io.engine.transport as unknown as { ws: { pause(): void; resume(): void } };
  return ws;
}

test.skipIf(!existsSync('/proc/self/status'))(
  '[SV4] tabs that do not read what comes at them by the gigabyte cost little memory, delay nobody, and come back whole',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kibitz-slow-'));
    const server = await startServer({ DATABASE_URL: `sqlite:${join(folder, 'kibitz.db')}` });
    onTestFinished(() => {
      server.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    });
    const ann = await signUp(server.url, 'Ann');
    const { roomId } = await makeRoomWithBot(ann, { reply: 'mention' });
    const guests = await Promise.all(
      ['Ben', 'Cat', 'Dan'].map((name) => invite(ann, roomId, 'participant', name)),
    );
    const writing = await ann.connect();
    const reading = new RoomView(writing, roomId);
    await reading.join();
    const post = async (count: number) => {
      const posts = Array.from({ length: count }, () =>
        writing.emitWithAck('message.post', { roomId, text }),
      );
      expect((await Promise.all(posts)).every(({ ok }) => ok)).toBe(true);
    };
    await post(100);
    const slow = await Promise.all(guests.map((guest) => guest.connect()));
    const views = slow.map((socket) => new RoomView(socket, roomId));
    for (const view of views) await view.join();
    const before = peakOf(server.pid);

    // Each answer is the room as it stands: three megabytes, a gigabyte in all.
    const wires = slow.map(wireOf);
    for (const [n, socket] of slow.entries()) {
      wires[n]?.pause();
      for (let asked = 0; asked < 120; asked += 1) socket.emit('room.join', { roomId }, () => {});
    }
    const isCut = () =>
      server.lines.filter((line) => line.includes('a tab that does not read is cut')).length;
    await until('all of them to be cut', async () => {
      await post(5);
      return isCut() >= slow.length;
    });
    expect(peakOf(server.pid) - before).toBeLessThan(250 * megabyte);

    const back = slow.map((socket) => new Promise((resolve) => socket.io.once('reconnect', resolve)));
    for (const wire of wires) wire.resume();
    await Promise.all(back);
    const last = await writing.emitWithAck('message.post', { roomId, text: 'the end' });
    await until('the end everywhere', () =>
      [reading, ...views].every((view) => last.ok && view.state?.seq === last.seq),
    );
    for (const view of views) expect(view.state?.messages).toEqual(reading.state?.messages);
    for (const socket of [writing, ...slow]) socket.close();
    server.kill('SIGTERM');
    expect(await server.exited).toBe(0);
  },
  60_000,
);
