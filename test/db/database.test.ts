import BetterSqlite from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { compiled, prepared } from '../../src/db/query.ts';
import { rowsOf } from '../../src/db/steps.ts';
import { KibitzError } from '../../src/lib/errors.ts';
import { defaultLeaseTiming } from '../../src/turns/hold-lease.ts';
import {
  describeOnEachDatabase,
  freshPostgresUrl,
  freshSqliteUrl,
  hasPostgres,
} from '../support/databases.ts';
import { until } from '../support/until.ts';

const opened: Database[] = [];
async function open(url: string): Promise<Database> {
  const db = await openDatabase(url);
  opened.push(db);
  return db;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.close()));
});

const addUser = (db: Database, id: string) =>
  compiled(db.sql.insertInto('users').values({ id, name: id, created_at: 'now' }));
const userIds = async (db: Database) =>
  (await db.run(compiled(db.sql.selectFrom('users').select('id').orderBy('id')))).map(({ id }) => id);

describeOnEachDatabase('a database', (openUrl) => {
  test('opens for several processes that start at once, and again', async () => {
    const url = await openUrl();
    const [first] = await Promise.all([open(url), open(url), open(url)]);
    expect(await userIds(first)).toEqual([]);
    expect(await userIds(await open(url))).toEqual([]);
  });

  test('writes all steps of a transaction or none', async () => {
    const db = await open(await openUrl());
    const failing = db.transact('a', function* () {
      yield addUser(db, 'lost');
      throw new Error('changed my mind');
    });
    const good = db.transact('a', function* () {
      yield addUser(db, 'kept');
      return yield* rowsOf(compiled(db.sql.selectFrom('users').select('id')));
    });
    await expect(failing).rejects.toThrow('changed my mind');
    // The failed one shared its commit with this one and left no trace in it.
    expect(await good).toEqual([{ id: 'kept' }]);
    expect(await userIds(db)).toEqual(['kept']);
  });

  test('runs the steps of one lane in the order they came', async () => {
    const db = await open(await openUrl());
    await db.transact('a', function* () {
      yield addUser(db, 'u');
    });
    const rename = (name: string) =>
      db.transact('a', function* () {
        const [user] = yield* rowsOf(compiled(db.sql.selectFrom('users').select('name')));
        yield compiled(db.sql.updateTable('users').set({ name: `${user?.name}${name}` }));
      });
    await Promise.all([...'1234567890'].map(rename));
    expect(await db.run(compiled(db.sql.selectFrom('users').select('name')))).toEqual([
      { name: 'u1234567890' },
    ]);
  });

  test('refuses what breaks a rule of the tables', async () => {
    const db = await open(await openUrl());
    const add = () =>
      db.transact('a', function* () {
        yield addUser(db, 'twice');
      });
    await add();
    await expect(add()).rejects.toThrow();
    const orphan = db.transact('a', function* () {
      const row = { token_hash: 'h', id: 's', user_id: 'nobody', kind: 'token', created_at: '' } as const;
      yield compiled(db.sql.insertInto('sessions').values(row));
    });
    await expect(orphan).rejects.toThrow();
  });

  test('binds a prepared query anew each time', async () => {
    const db = await open(await openUrl());
    const add = prepared((row: { id: string; name: string }) =>
      db.sql
        .insertInto('users')
        .values({ id: row.id, name: row.name, created_at: 'now' })
        .returning(['id', 'name']),
    );
    expect(await db.run(add({ id: '1', name: 'Ann' }))).toEqual([{ id: '1', name: 'Ann' }]);
    expect(await db.run(add({ id: '2', name: 'Ben' }))).toEqual([{ id: '2', name: 'Ben' }]);
  });

  test('tells all processes the same time, in milliseconds', async () => {
    const url = await openUrl();
    const nowIn = async (db: Database) => {
      const [row] = await db.run(compiled(db.sql.selectNoFrom(db.now.as('now'))));
      return row?.now ?? 0;
    };
    const [one, other] = [await open(url), await open(url)];
    const begun = performance.now();
    const told = [await nowIn(one), await nowIn(other), await nowIn(one)];
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect((told[2] ?? 0) - (told[0] ?? 0)).toBeLessThan(performance.now() - begun + 2);
    await until('ten milliseconds', async () => (await nowIn(other)) >= (told[0] ?? 0) + 10);
    expect(performance.now() - begun).toBeGreaterThan(8);
  });
});

test('SQLite: a write waits while another process holds the file, and goes through when it lets go', async () => {
  const url = await freshSqliteUrl();
  const [db, other] = [await open(url), await open(url)];
  const holding = Promise.withResolvers<void>();
  await other.run({ sql: 'begin immediate', parameters: [] });
  const write = db
    .transact('a', function* () {
      yield addUser(db, 'late');
    })
    .then(() => holding.resolve());
  await other.run({ sql: 'rollback', parameters: [] });
  await Promise.all([holding.promise, write]);
  expect(await userIds(db)).toEqual(['late']);
});

test('PostgreSQL: a server that is not there is `unavailable`, not an accident', async () => {
  const { openPostgres } = await import('../../src/db/postgres.ts');
  const db = openPostgres('postgres://postgres@127.0.0.1:1/none', 10);
  opened.push(db);
  const failed = await db.run({ sql: 'select 1', parameters: [] }).catch((reason: unknown) => reason);
  expect(failed).toBeInstanceOf(KibitzError);
  expect(failed).toMatchObject({ code: 'unavailable' });
});

test.skipIf(!hasPostgres)(
  '[EL14] PostgreSQL: a connection that is lost in the midst of a transaction is `unavailable`, and the next one is another',
  async () => {
    const db = await open(await freshPostgresUrl());
    const lost = db.transact('a', function* () {
      yield addUser(db, 'lost');
      yield { sql: 'select pg_terminate_backend(pg_backend_pid())', parameters: [] };
    });
    await expect(lost).rejects.toMatchObject({ code: 'unavailable' });
    await db.transact('a', function* () {
      yield addUser(db, 'kept');
    });
    expect(await userIds(db)).toEqual(['kept']);
  },
);

test.skipIf(!hasPostgres)(
  '[EL17] PostgreSQL: a process that is stopped in a transaction keeps nobody from the rows for as long as a lease lasts',
  async () => {
    const db = await open(await freshPostgresUrl());
    const [told] = await db.run<{ idle_in_transaction_session_timeout: string }>({
      sql: 'show idle_in_transaction_session_timeout',
      parameters: [],
    });
    const { duration, margin } = defaultLeaseTiming;
    const [, seconds] = /^(\d+)s$/.exec(told?.idle_in_transaction_session_timeout ?? '') ?? [];
    expect(Number(seconds) * 1_000).toBeLessThan(duration - margin);
    // The process goes on after the server has ended its transaction: it is run again from the start.
    let stalls = true;
    await db.transact('a', function* () {
      yield { sql: "set local idle_in_transaction_session_timeout = '20ms'", parameters: [] };
      yield addUser(db, 'kept');
      if (stalls) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      stalls = false;
      yield addUser(db, 'as well');
    });
    expect(await userIds(db)).toEqual(['as well', 'kept']);
  },
);

test('SQLite: a file that another process keeps locked is `unavailable` after some 5 s, once', async () => {
  const url = await freshSqliteUrl();
  const db = await open(url);
  const other = new BetterSqlite(url.slice('sqlite:'.length));
  other.exec('begin immediate');
  const startedAt = performance.now();
  const write = () =>
    db.transact('a', function* () {
      yield addUser(db, 'late');
    });
  await expect(write()).rejects.toMatchObject({ code: 'unavailable' });
  expect(performance.now() - startedAt).toBeLessThan(8_000);
  other.exec('rollback');
  other.close();
  await write();
  expect(await userIds(db)).toEqual(['late']);
}, 20_000);
