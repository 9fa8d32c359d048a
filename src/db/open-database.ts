import type { Database } from './database.ts';
import { identityOfPostgres, renewIncarnation } from './incarnation.ts';
import { migrate } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import { openWitnessed } from './witness.ts';

/** Connections to PostgreSQL that a process takes at most, unless told otherwise. */
export const defaultConnections = 10;

/**
 * Opens the database a `DATABASE_URL` names (`sqlite:PATH` or `postgres://…`), its tables up to date, and its rooms' epochs
 * new where an older copy was put in its place.
 */
export async function openDatabase(url: string, connections = defaultConnections): Promise<Database> {
  if (url.startsWith('sqlite:')) {
    const path = url.slice('sqlite:'.length);
    await migrate({ dialect: 'sqlite', target: path });
    return closedOnFailure(openSqlite(path), (db) => openWitnessed(db, path));
  }
  await migrate({ dialect: 'postgres', target: url });
  return closedOnFailure(openPostgres(url, connections), async (db) => {
    await renewIncarnation(db, await identityOfPostgres(db));
    return db;
  });
}

async function closedOnFailure(
  db: Database,
  prepare: (db: Database) => Promise<Database>,
): Promise<Database> {
  try {
    return await prepare(db);
  } catch (reason) {
    await db.close();
    throw reason;
  }
}
