import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, inject } from 'vitest';
import { afterFile } from './left-behind.ts';
import { query, withDatabaseName } from './postgres-service.ts';

const postgresUrl = inject('postgresUrl');

/** Whether this run has a PostgreSQL server; if not, the run's output says why. */
export const hasPostgres = postgresUrl !== null;

/** The URL of a new, empty PostgreSQL database; it is dropped after the test file. */
export async function freshPostgresUrl(): Promise<string> {
  if (postgresUrl === null) throw new Error('this run has no PostgreSQL: guard the suite with hasPostgres');
  const run = new URL(postgresUrl).pathname.slice(1);
  const name = `${run}_${randomBytes(4).toString('hex')}`;
  await query(postgresUrl, `CREATE DATABASE ${name}`);
  afterFile(() => query(postgresUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  return withDatabaseName(postgresUrl, name);
}

/** The URL of a new SQLite file; its folder is removed after the test file. */
export async function freshSqliteUrl(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'kibitz-sqlite-'));
  afterFile(() => rmSync(folder, { recursive: true, force: true }));
  return `sqlite:${join(folder, 'kibitz.db')}`;
}

/** Runs a suite on SQLite and on PostgreSQL; every call of `openUrl` makes an empty database. */
export function describeOnEachDatabase(name: string, suite: (openUrl: () => Promise<string>) => void): void {
  describe(`${name} (SQLite)`, () => suite(freshSqliteUrl));
  describe.skipIf(!hasPostgres)(`${name} (PostgreSQL)`, () => suite(freshPostgresUrl));
}
