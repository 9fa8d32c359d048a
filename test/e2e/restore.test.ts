import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import BetterSqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { makeRoomWithBot, Person, signUp } from '../support/client.ts';
import { startApp } from '../support/start-app.ts';

const operations = readFileSync(fileURLToPath(new URL('../../docs/operations.md', import.meta.url)), 'utf8');
const newEpochs = /^update rooms set epoch = lower\(.*;$/m.exec(operations)?.[0] ?? 'no statement';

async function joined(person: Person, roomId: string, position: { after: number; epoch: string } | object) {
  const tab = await person.connect();
  const answer = await tab.emitWithAck('room.join', { roomId, ...position });
  tab.close();
  if (!answer.ok) throw new Error(answer.error.message);
  return answer;
}

test('[EL13] an older database that is put back with new epochs: every tab takes the room as it then stands', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kibitz-restore-'));
  const [file, backup] = [join(folder, 'kibitz.db'), join(folder, 'backup.db')];
  const databaseUrl = `sqlite:${file}`;
  try {
    const before = await startApp({ databaseUrl });
    const ann = await signUp(before.url, 'Ann');
    const { roomId } = await makeRoomWithBot(ann, { reply: 'mention' });
    const post = async (person: Person, text: string) =>
      expect((await person.command(roomId, 'message.post', { text })).status).toBe(200);
    await post(ann, 'kept');
    const running = new BetterSqlite(file);
    running.exec(`VACUUM INTO '${backup}'`);
    running.close();
    for (let n = 0; n < 3; n += 1) await post(ann, 'lost');
    const { head, epoch } = await joined(ann, roomId, {});
    await before[Symbol.asyncDispose]();

    for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
    renameSync(backup, file);
    const restored = new BetterSqlite(file);
    restored.exec(newEpochs);
    restored.close();

    await using after = await startApp({ databaseUrl });
    const back = Object.assign(new Person(after.url), { cookie: ann.cookie, id: ann.id });
    // The log goes past where the tab stood, by other events: its place alone would not tell.
    for (let n = 0; n < 5; n += 1) await post(back, 'new');
    const healed = await joined(back, roomId, { after: head, epoch });
    expect(healed.epoch).not.toBe(epoch);
    expect(healed.head).toBeGreaterThan(head);
    expect(healed.events).toEqual([]);
    expect(healed.snapshot?.messages.map(({ text }) => text)).toEqual(['kept', ...Array(5).fill('new')]);
    expect((await joined(back, roomId, { after: healed.head, epoch: healed.epoch })).snapshot).toBeNull();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
