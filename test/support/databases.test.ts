import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeOnEachDatabase, freshPostgresUrl, freshSqliteUrl, hasPostgres } from './databases.ts';
import { query } from './postgres-service.ts';

test('a SQLite URL names a file that is not there yet, a new one each time', async () => {
  const [one, other] = await Promise.all([freshSqliteUrl(), freshSqliteUrl()]);
  expect(one).toMatch(/^sqlite:\/.*\.db$/);
  expect(one).not.toBe(other);
  expect(existsSync(one.slice('sqlite:'.length))).toBe(false);
});

test.skipIf(!hasPostgres)('PostgreSQL databases made at once are separate', async () => {
  const [one, other] = await Promise.all([freshPostgresUrl(), freshPostgresUrl()]);
  await query(one, 'CREATE TABLE only_here (id int)');
  expect(await query(one, 'SELECT * FROM only_here')).toEqual([]);
  await expect(query(other, 'SELECT * FROM only_here')).rejects.toThrow('does not exist');
});

const seen: string[] = [];
describeOnEachDatabase('a suite', (openUrl) => {
  test('gets a database of its dialect', async () => {
    const url = await openUrl();
    seen.push(url);
    expect(url).toMatch(seen.length === 1 ? /^sqlite:/ : /^postgres:/);
  });
});
