import { copyFileSync, cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import {
  describeOnEachDatabase,
  freshPostgresUrl,
  freshSqliteUrl,
  hasPostgres,
} from '../support/databases.ts';
import { query, withDatabaseName } from '../support/postgres-service.ts';
import { makeRoom, openLog, post } from '../support/test-log.ts';

const opened = new Set<Database>();
afterEach(async () => {
  for (const db of opened) await close(db);
});

async function open(url: string) {
  const db = await openDatabase(url);
  opened.add(db);
  const log = openLog(db);
  return {
    db,
    log,
    say: async (roomId: string, text: string) => void (await log.handle(post(roomId, text))),
    epochOf: async (roomId: string) => (await log.headOf(roomId))?.epoch,
    close: () => close(db),
  };
}

async function close(db: Database): Promise<void> {
  if (opened.delete(db)) await db.close();
}

/** A room with something in it, closed. */
async function madeRoom(url: string) {
  const first = await open(url);
  const roomId = await makeRoom(first.log);
  await first.say(roomId, 'Before');
  const epoch = await first.epochOf(roomId);
  await first.close();
  return { roomId, epoch };
}

async function epochAtOpening(url: string, roomId: string): Promise<string | undefined> {
  const process = await open(url);
  const epoch = await process.epochOf(roomId);
  await process.close();
  return epoch;
}

describeOnEachDatabase('a database that is opened again', (openUrl) => {
  test('[SV1] keeps the epochs of its rooms, also where several processes open it', async () => {
    const url = await openUrl();
    const { roomId, epoch } = await madeRoom(url);
    const processes = await Promise.all([open(url), open(url), open(url)]);
    for (const process of processes) {
      await process.say(roomId, 'More');
      expect(await process.epochOf(roomId)).toBe(epoch);
    }
    for (const process of processes) await process.close();
    expect(await epochAtOpening(url, roomId)).toBe(epoch);
  });
});

describe('an older SQLite file that is put back', () => {
  /** A file with a backup from before the last words, made as the handbook says. */
  async function backedUp() {
    const url = await freshSqliteUrl();
    const path = url.slice('sqlite:'.length);
    const room = await madeRoom(url);
    const process = await open(url);
    const backup = `${path}.backup`;
    const source = new BetterSqlite(path, { readonly: true });
    await source.backup(backup);
    source.close();
    await process.say(room.roomId, 'After');
    await process.close();
    return { ...room, url, path, backup };
  }

  test.each([
    ['copied over it', (path: string, backup: string) => copyFileSync(backup, path)],
    [
      'copied to where it was',
      (path: string, backup: string) => {
        rmSync(path);
        copyFileSync(backup, path);
      },
    ],
    ['moved to where it was', (path: string, backup: string) => renameSync(backup, path)],
  ])('[SV1] %s, gives every room another epoch, once', async (_how, putBack) => {
    const { roomId, epoch, url, path, backup } = await backedUp();
    for (const beside of ['-wal', '-shm']) rmSync(path + beside, { force: true });
    putBack(path, backup);
    const renewed = await epochAtOpening(url, roomId);
    expect(renewed).not.toBe(epoch);
    expect(renewed).toMatch(/^[\w-]+$/);
    expect(await epochAtOpening(url, roomId)).toBe(renewed);
    // What is written from now on is watched over like everything before.
    copyFileSync(path, backup);
    const process = await open(url);
    await process.say(roomId, 'Another end');
    await process.close();
    copyFileSync(backup, path);
    expect([renewed, epoch]).not.toContain(await epochAtOpening(url, roomId));
  });

  test('[SV1] with its whole folder, gives every room another epoch', async () => {
    const { roomId, epoch, url, path } = await backedUp();
    const folder = dirname(path);
    cpSync(folder, `${folder}.copy`, { recursive: true });
    const process = await open(url);
    await process.say(roomId, 'Lost');
    await process.close();
    rmSync(folder, { recursive: true });
    renameSync(`${folder}.copy`, folder);
    expect(await epochAtOpening(url, roomId)).not.toBe(epoch);
  });

  test('[SV1] a file without its witness is taken as what it is', async () => {
    const { roomId, epoch, url, path } = await backedUp();
    expect(existsSync(`${path}-latest`)).toBe(true);
    rmSync(`${path}-latest`);
    expect(await epochAtOpening(url, roomId)).toBe(epoch);
    expect(existsSync(`${path}-latest`)).toBe(true);
  });
});

describe.skipIf(!hasPostgres)('an older PostgreSQL database that is put back', () => {
  test('[SV1] gives every room another epoch, once', async () => {
    const url = await freshPostgresUrl();
    const { roomId, epoch } = await madeRoom(url);
    const name = new URL(url).pathname.slice(1);
    const server = withDatabaseName(url, 'postgres');
    await query(server, `CREATE DATABASE ${name}_backup TEMPLATE ${name}`);
    const process = await open(url);
    await process.say(roomId, 'Lost');
    await process.close();
    await query(server, `DROP DATABASE ${name}`);
    await query(server, `ALTER DATABASE ${name}_backup RENAME TO ${name}`);
    const renewed = await epochAtOpening(url, roomId);
    expect(renewed).not.toBe(epoch);
    expect(await epochAtOpening(url, roomId)).toBe(renewed);
  });

  test('[SV1] does so too where the server tells nothing of itself, or the tables alone were put back', async () => {
    const url = await freshPostgresUrl();
    const { roomId, epoch } = await madeRoom(url);
    // As a restore of a dump into the same database does.
    await query(url, 'CREATE TABLE kept AS TABLE rooms');
    await query(url, 'DROP TABLE rooms CASCADE');
    await query(url, 'ALTER TABLE kept RENAME TO rooms');
    await query(url, 'ALTER TABLE rooms ADD PRIMARY KEY (id)');
    const renewed = await epochAtOpening(url, roomId);
    expect(renewed).not.toBe(epoch);

    const role = `${new URL(url).pathname.slice(1)}_guest`;
    await query(
      url,
      `CREATE ROLE ${role} LOGIN PASSWORD 'guest' IN ROLE pg_read_all_data, pg_write_all_data`,
    );
    try {
      await query(url, `REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC`);
      const guest = new URL(url);
      guest.username = role;
      guest.password = 'guest';
      const asGuest = await epochAtOpening(guest.href, roomId);
      expect(asGuest).not.toBe(renewed);
      expect(await epochAtOpening(guest.href, roomId)).toBe(asGuest);
    } finally {
      await query(url, `DROP OWNED BY ${role}; DROP ROLE ${role}`);
    }
  });
});
