import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';

/** Connections to PostgreSQL that a process takes at most, unless told otherwise. */
export const defaultConnections = 10;

/** Opens the database a `DATABASE_URL` names (`sqlite:PATH` or `postgres://…`), its tables up to date. */
export async function openDatabase(url: string, connections = defaultConnections): Promise<Database> {
  if (url.startsWith('sqlite:')) {
    const path = url.slice('sqlite:'.length);
    await migrate({ dialect: 'sqlite', target: path });
    return openSqlite(path);
  }
  await migrate({ dialect: 'postgres', target: url });
  return openPostgres(url, connections);
}
