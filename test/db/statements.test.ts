import { afterEach, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { keepStatements } from '../../src/db/keep-statements.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { openSqliteFile } from '../../src/db/sqlite.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { randomId } from '../../src/lib/ids.ts';
import { createAccounts } from '../../src/people/accounts.ts';
import { freshPostgresUrl, hasPostgres } from '../support/databases.ts';
import { openLog } from '../support/test-log.ts';

const opened: Pick<Database, 'close'>[] = [];
afterEach(async () => {
  for (const db of opened.splice(0)) await db.close();
});

test.skipIf(!hasPostgres)(
  '[EL18] PostgreSQL: lists of many lengths leave nothing behind in a connection, and a prepared query stays prepared',
  async () => {
    const db = await openDatabase(await freshPostgresUrl(), 1);
    opened.push(db);
    const eventLog = openLog(db);
    const accounts = createAccounts(db, systemClock, randomId);
    const kept = async () => {
      const rows = await db.run<{ statement: string }>({
        sql: 'select statement from pg_prepared_statements',
        parameters: [],
      });
      return rows.map(({ statement }) => statement);
    };
    const before = await kept();
    for (let length = 1; length <= 100; length += 1) {
      const ids = Array.from({ length }, (_, index) => `id-${index}`);
      expect(await eventLog.headsOf(ids)).toEqual([]);
      expect(await accounts.endedAmong(ids)).toEqual(ids);
    }
    expect(await kept()).toEqual(before);
    await eventLog.headOf('room');
    await eventLog.headOf('other');
    expect(await kept()).toHaveLength(before.length + 1);
  },
);

test('[EL18] SQLite: of the statements of a file the last used are kept', () => {
  const file = openSqliteFile(':memory:');
  opened.push({ close: async () => void file.close() });
  const statementOf = keepStatements(file, 3);
  const list = (length: number) => `select 1 where 1 in (${Array(length).fill('?').join()})`;
  const [hot, first] = [statementOf('select 1'), statementOf(list(1))];
  for (let length = 2; length <= 100; length += 1) {
    const statement = statementOf(list(length));
    expect(statementOf('select 1')).toBe(hot);
    expect(statementOf(list(length))).toBe(statement);
    expect(statement.all(...Array(length).fill(1))).toHaveLength(1);
  }
  expect(statementOf(list(1))).not.toBe(first);
  expect(hot.all()).toHaveLength(1);
});
