import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely';
import pg from 'pg';
import { KibitzError } from '../lib/errors.ts';
import type { Database } from './database.ts';
import { createLanes, type Task, type TaskOutcome } from './lanes.ts';
import type { Query } from './query.ts';
import { driveAsync } from './steps.ts';
import type { Tables } from './tables.ts';

/** SQLSTATE classes after which trying again may help: lost connection, shutdown, too many connections, disk full. */
const passing = /^(08|53|57|40)/;

/** Opens a PostgreSQL database. Each lane takes a connection for as long as it writes. */
export function openPostgres(url: string): Database {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5_000 });
  // An idle connection that is lost is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  // The same for one that is in use but has nothing to answer just then: whoever uses it hears of it with the next query.
  pool.on('connect', (client) => void client.on('error', () => {}));
  const names = new Map<string, string>();

  /** Statements get a name, so that PostgreSQL plans each once a connection. */
  function named({ sql: text, parameters }: Query): pg.QueryConfig {
    let name = names.get(text);
    if (name === undefined) {
      name = `q${names.size}`;
      names.set(text, name);
    }
    return { name, text, values: [...parameters] };
  }

  async function runTask(client: pg.PoolClient, task: Task): Promise<TaskOutcome> {
    await client.query('savepoint task');
    try {
      const result = await driveAsync(task.steps(), async (query) => (await client.query(named(query))).rows);
      await client.query('release savepoint task');
      return { ok: true, result };
    } catch (reason) {
      await client.query('rollback to savepoint task');
      return { ok: false, reason: readable(reason) };
    }
  }

  async function runBatch(tasks: readonly Task[]): Promise<readonly TaskOutcome[]> {
    let client: pg.PoolClient;
    try {
      client = await pool.connect();
    } catch (reason) {
      throw readable(reason);
    }
    try {
      await client.query('begin');
      const outcomes: TaskOutcome[] = [];
      for (const task of tasks) outcomes.push(await runTask(client, task));
      await client.query('commit');
      client.release();
      return outcomes;
    } catch (reason) {
      // The connection is in an unknown state: it goes, and PostgreSQL rolls back what it had begun.
      client.release(true);
      throw readable(reason);
    }
  }

  const lanes = createLanes(runBatch);
  return {
    dialect: 'postgres',
    sql: new Kysely<Tables>({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (db) => new PostgresIntrospector(db),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      },
    }),
    now: sql<number>`(extract(epoch from clock_timestamp())::double precision * 1000)`,
    run: async <Row>(query: Query<Row>) => {
      try {
        return (await pool.query(named(query))).rows as Row[];
      } catch (reason) {
        throw readable(reason);
      }
    },
    transact: (lane, steps) => lanes.add(lane, steps),
    ping: async () => {
      try {
        await pool.query('select 1');
      } catch (reason) {
        throw readable(reason);
      }
    },
    close: () => pool.end(),
  };
}

function readable(reason: unknown): unknown {
  if (reason instanceof KibitzError) return reason;
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : '';
  const isOfDatabase = reason instanceof pg.DatabaseError;
  if (isOfDatabase && !passing.test(code)) return reason;
  const isOfConnection =
    code.startsWith('E') || (reason instanceof Error && /connect|terminat|timeout/i.test(reason.message));
  if (!isOfDatabase && !isOfConnection) return reason;
  return new KibitzError('unavailable', 'The database cannot be reached. Try again in a moment.', undefined, {
    cause: reason,
  });
}
