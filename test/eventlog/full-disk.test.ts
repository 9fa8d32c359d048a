import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open-database.ts';
import { compiled } from '../../src/db/query.ts';
import type { LoggedEvent } from '../../src/domain/event.ts';
import { makeRoomWithBot, signUp } from '../support/client.ts';
import { freshSqliteUrl } from '../support/databases.ts';
import { RoomView } from '../support/room-view.ts';
import { createGate, saysGated, startScriptedEndpoint } from '../support/scripted-endpoint.ts';
import { startApp } from '../support/start-app.ts';
import { makeRoom, openLog, post, wholeLog } from '../support/test-log.ts';
import { until } from '../support/until.ts';

const large = 'x'.repeat(30_000);
const refusal = { code: 'unavailable', message: expect.stringContaining('disk is full') };

test('[SV8] a file that may not grow refuses what does not fit, keeps and reads what is there, and goes on when it may', async () => {
  const db = await openDatabase(await freshSqliteUrl());
  const pragma = (words: string) =>
    db.run<Record<string, number>>({ sql: `pragma ${words}`, parameters: [] });
  const log = openLog(db);
  const roomId = await makeRoom(log);
  const [size] = await pragma('page_count');
  await pragma(`max_page_count = ${(size?.page_count ?? 0) + 40}`);

  const told = await Promise.allSettled(
    Array.from({ length: 30 }, (_, n) => log.handle(post(roomId, `${n} ${large}`))),
  );
  while ((await log.handle(post(roomId, large)).catch(() => undefined)) !== undefined);
  await expect(log.handle(post(roomId, large))).rejects.toMatchObject(refusal);
  const texts = async () =>
    (await wholeLog(openLog(db), roomId)).flatMap((event) =>
      event.kind === 'message.posted' ? [event.data.text] : [],
    );
  // What was acknowledged is there, and nothing else; what is there can be read.
  const kept = await texts();
  for (const [n, { status }] of told.entries())
    expect([n, kept.includes(`${n} ${large}`)]).toEqual([n, status === 'fulfilled']);
  expect((await log.newestStateOf(roomId)).seq).toBe((await log.headOf(roomId))?.head);
  expect(await db.run(compiled(db.sql.selectFrom('rooms').select('id')))).toEqual([{ id: roomId }]);

  await pragma('max_page_count = 1000000');
  await log.handle(post(roomId, 'There is room again'));
  expect(await texts()).toEqual([...kept, 'There is room again']);
  await db.close();
});

/** A disk of two megabytes, where we may make one. */
function tinyDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'kibitz-disk-'));
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]);
  if (made.status === 0) return folder;
  rmdirSync(folder);
  return undefined;
}

/** Leaves no space in a folder, and says by what. */
function fill(folder: string): string[] {
  const files: string[] = [];
  for (let size = 65_536; size >= 1_024; size /= 2) {
    try {
      for (;;) {
        const file = join(folder, `ballast${files.length}`);
        files.push(file);
        writeFileSync(file, Buffer.alloc(size));
      }
    } catch {
      // Full; smaller ones may still fit.
    }
  }
  return files;
}

const disk = tinyDisk();
if (disk === undefined)
  process.stderr.write('the test of a full disk is skipped: it takes a right to mount\n');

test.skipIf(disk === undefined)(
  '[SV8] on a full disk people are told so, nothing is acknowledged that is not kept, and all goes on once there is space',
  async () => {
    const folder = disk ?? '';
    try {
      await using endpoint = await startScriptedEndpoint();
      await using app = await startApp({
        databaseUrl: `sqlite:${join(folder, 'kibitz.db')}`,
        endpoint: { baseUrl: endpoint.baseURL, model: 'scripted' },
      });
      const ann = await signUp(app.url, 'Ann');
      const { roomId } = await makeRoomWithBot(ann, { reply: 'mention' });
      const socket = await ann.connect();
      const view = new RoomView(socket, roomId);
      await view.join();
      const say = (text: string) => socket.emitWithAck('message.post', { roomId, text });
      // A reply is under way when there is no space any more.
      const gate = createGate();
      endpoint.next(saysGated(gate, 'Words ', 'that are kept.'));
      const asked = await say('@Kibitz?');
      if (!asked.ok || asked.turnId === undefined) throw new Error('no turn');
      gate.release();
      await until('the first word', () => view.drafts.size > 0);
      const ballast = fill(folder);
      let acknowledged = 0;
      const refused = await until('a refusal', async () => {
        const answer = await say(large);
        if (!answer.ok) return answer;
        acknowledged += 1;
        return undefined;
      });
      expect(refused.error).toMatchObject(refusal);
      gate.open();
      await until('the end of the words', () =>
        [...view.drafts.values(), ...view.finalDrafts.values()].some((draft) =>
          JSON.stringify(draft).includes('that are kept.'),
        ),
      );
      const log = await ann.call('GET', `/api/rooms/${roomId}/events`);
      const posted = log.body.events.filter(({ kind }: { kind: string }) => kind === 'message.posted');
      const own = posted.filter((event: LoggedEvent) => event.actor.type === 'user');
      expect([log.status, own.length]).toEqual([200, acknowledged + 1]);
      expect((await ann.call('GET', '/readyz')).status).toBe(200);
      expect((await socket.emitWithAck('room.join', { roomId })).ok).toBe(true);

      for (const file of ballast) rmSync(file);
      expect(await say('There is room again')).toMatchObject({ ok: true });
      await until('it to be shown', () => view.texts().includes('There is room again'));
      expect((await view.turnEnd(asked.turnId)).data).toMatchObject({ outcome: 'completed' });
      expect(view.texts()).toContain('Words that are kept.');
      expect(view.texts()).toHaveLength(acknowledged + 3);
      socket.close();
    } finally {
      spawnSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
