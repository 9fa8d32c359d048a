import { promises as fs } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  PostgresDialect,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import pg from 'pg';
import { isBusy, openSqliteFile } from './sqlite.ts';

const migrationFolder = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Milliseconds that a process waits for another that is migrating the same SQLite file. */
const lockedLimit = 60_000;

export type MigrationTarget = { dialect: 'sqlite' | 'postgres'; target: string };

/** Brings the tables up to date. Processes that start at once wait for one another; all migrations apply or none. */
export async function migrate(target: MigrationTarget): Promise<void> {
  const givenUpAt = performance.now() + lockedLimit;
  for (;;) {
    try {
      return await migrateOnce(target);
    } catch (reason) {
      if (!isBusy(reason) || performance.now() > givenUpAt) throw reason;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function migrateOnce({ dialect, target }: MigrationTarget): Promise<void> {
  const db = new Kysely<unknown>({
    dialect: dialect === 'sqlite' ? lockingSqlite(target) : postgres(target),
  });
  try {
    const provider = new FileMigrationProvider({ fs, path, migrationFolder });
    const { error } = await new Migrator({ db, provider }).migrateToLatest();
    if (error !== undefined) throw error;
  } finally {
    await db.destroy();
  }
}

function postgres(target: string): Dialect {
  return new PostgresDialect({
    pool: new pg.Pool({ connectionString: target, max: 2, connectionTimeoutMillis: 5_000 }),
  });
}

/** SQLite with migrations inside one transaction that takes the write lock first: that is the lock between processes. */
function lockingSqlite(target: string): Dialect {
  const database = openSqliteFile(target);
  return Object.assign(new SqliteDialect({ database }), {
    createAdapter: () => new TransactionalSqliteAdapter(),
    createDriver: () => new ImmediateSqliteDriver({ database }),
  });
}

class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}
