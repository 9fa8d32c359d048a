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
import { type Answer, driveAsync } from './steps.ts';
import type { Tables } from './tables.ts';

/**
 * SQLSTATE classes after which trying again may help: lost connection, shutdown, too many connections, disk full; and a
 * transaction that was ended because nothing went on in it.
 */
const passing = /^(08|53|57|40|25P03)/;

/** Milliseconds for which what fails in passing is tried again. */
const patience = 5_000;
/** Milliseconds after which a query is given up, and its connection with it; a server that is cut off never answers. */
const answerWithin = 10_000;
/**
 * Milliseconds in which nothing goes on in a transaction, after which the server ends it: the process is gone without a word, or
 * stopped. Until then those who write to its rooms wait with their connections; more of them than there are would keep a process
 * from its leases.
 */
const idleAtMost = 3_000;

/** Opens a PostgreSQL database. Each lane takes a connection for as long as it writes. */
export function openPostgres(url: string, connections: number): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5_000,
    query_timeout: answerWithin,
    idle_in_transaction_session_timeout: idleAtMost,
    keepAlive: true,
  });
  // An idle connection that is lost is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  // So would one that is lost while it is in use, beside failing its query.
  pool.on('connect', (client) => void client.on('error', () => {}));
  const names = new Map<string, string>();

  /**
   * Prepared queries get a name, so that PostgreSQL plans each once a connection. It keeps what has one for as long as the
   * connection lasts, so the others get none: a list makes another text of each length it has.
   */
  function named({ sql: text, parameters, isPrepared }: Query): pg.QueryConfig {
    if (isPrepared !== true) return { text, values: [...parameters] };
    let name = names.get(text);
    if (name === undefined) {
      name = `q${names.size}`;
      names.set(text, name);
    }
    return { name, text, values: [...parameters] };
  }

  const runIn =
    (client: pg.PoolClient) =>
    async (query: Query): Promise<Answer> => {
      const { rows, rowCount } = await client.query(named(query));
      return { rows, changed: rowCount ?? 0 };
    };

  /** Runs a task so that its failure undoes it alone. */
  async function runApart(client: pg.PoolClient, task: Task): Promise<TaskOutcome> {
    await client.query('savepoint task');
    try {
      const result = await driveAsync(task.steps(), runIn(client));
      await client.query('release savepoint task');
      return { ok: true, result };
    } catch (reason) {
      await client.query('rollback to savepoint task');
      return { ok: false, reason: readable(reason) };
    }
  }

  async function commitAll(
    runTask: (client: pg.PoolClient, task: Task) => Promise<TaskOutcome>,
    tasks: readonly Task[],
  ): Promise<readonly TaskOutcome[]> {
    const client = await pool.connect();
    const outcomes: TaskOutcome[] = [];
    let isCommitting = false;
    try {
      await client.query('begin');
      for (const task of tasks) outcomes.push(await runTask(client, task));
      isCommitting = true;
      await client.query('commit');
      client.release();
      return outcomes;
    } catch (reason) {
      const isWell = !isCommitting && !isPassing(reason) && (await rollBack(client));
      // A connection in an unknown state goes, and PostgreSQL rolls back what it had begun.
      client.release(!isWell);
      if (isCommitting && isPassing(reason) && (await haveLanded(tasks, outcomes, reason))) return outcomes;
      throw reason;
    }
  }

  /**
   * All of a batch is committed or nothing of it, but for tasks that were undone alone; so that any other that can tell tells
   * for all. Throws when none can.
   */
  async function haveLanded(
    tasks: readonly Task[],
    outcomes: readonly TaskOutcome[],
    lost: unknown,
  ): Promise<boolean> {
    const asked = tasks.find(({ landed }, index) => landed !== undefined && outcomes[index]?.ok)?.landed;
    if (asked === undefined) throw new OutcomeUnknown(lost);
    const ask = async () => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const landed = await driveAsync(asked(), runIn(client));
        await client.query('rollback');
        client.release();
        return landed;
      } catch (reason) {
        client.release(true);
        throw reason;
      }
    };
    try {
      return await patiently(ask);
    } catch {
      throw new OutcomeUnknown(lost);
    }
  }

  /** Most batches go through whole. One in which a task fails is run again with a savepoint around each. */
  async function runBatch(tasks: readonly Task[]): Promise<readonly TaskOutcome[]> {
    const runWhole = async (client: pg.PoolClient, task: Task): Promise<TaskOutcome> => ({
      ok: true,
      result: await driveAsync(task.steps(), runIn(client)),
    });
    try {
      return await patiently(() =>
        commitAll(runWhole, tasks).catch((failure: unknown) => {
          if (failure instanceof OutcomeUnknown || isPassing(failure)) throw failure;
          return commitAll(runApart, tasks);
        }),
      );
    } catch (reason) {
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
    transact: (lane, steps, landed) => lanes.add(lane, steps, landed),
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

/** The connection was lost while a commit was under way, and nobody can tell what became of it. */
class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super('the connection was lost during a commit', { cause });
  }
}

/** Whether it could. */
async function rollBack(client: pg.PoolClient): Promise<boolean> {
  return client.query('rollback').then(
    () => true,
    () => false,
  );
}

/** Tries again for a while what fails in passing and has not happened. */
async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  const givenUpAt = performance.now() + patience;
  for (let wait = 25; ; wait = Math.min(wait * 2, 500)) {
    try {
      return await attempt();
    } catch (reason) {
      if (!isPassing(reason) || performance.now() + wait > givenUpAt) throw reason;
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

/** Whether it has not happened and trying again may help: the connection or the server went away, or is overloaded. */
function isPassing(reason: unknown): boolean {
  if (reason instanceof OutcomeUnknown) return false;
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : '';
  if (reason instanceof pg.DatabaseError) return passing.test(code);
  return (
    code.startsWith('E') || (reason instanceof Error && /connect|terminat|timeout/i.test(reason.message))
  );
}

function readable(reason: unknown): unknown {
  if (reason instanceof KibitzError || !(reason instanceof OutcomeUnknown || isPassing(reason)))
    return reason;
  return new KibitzError('unavailable', 'The database cannot be reached. Try again in a moment.', undefined, {
    cause: reason,
  });
}
