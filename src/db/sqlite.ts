import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from 'kysely';
import { KibitzError } from '../lib/errors.ts';
import type { Database } from './database.ts';
import { keepStatements } from './keep-statements.ts';
import { createLanes, type Task, type TaskOutcome } from './lanes.ts';
import type { Query } from './query.ts';
import { checkpointWhenIdle, wal } from './sqlite-checkpoints.ts';
import { type Answer, driveSync } from './steps.ts';
import type { Tables } from './tables.ts';

/** How long a write waits for another process that holds the file. Waiting happens between tries, not in the event loop. */
const busyLimit = 5_000;
/** Statements that are kept for when they are run again: more than there are without lists in them. */
const mostStatements = 250;

/** Opens the file and sets what must be set at every open. A statement waits only briefly: waiting blocks the process. */
export function openSqliteFile(path: string): BetterSqlite.Database {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const file = new BetterSqlite(path);
  file.pragma('busy_timeout = 50');
  file.pragma('journal_mode = WAL');
  file.pragma('synchronous = FULL');
  file.pragma('foreign_keys = ON');
  file.pragma('cache_size = -64000');
  file.pragma(`wal_autocheckpoint = ${wal.mostPages}`);
  // All processes that share the file share this clock, and nobody can set it.
  file.function('uptime_ms', { deterministic: false }, () => Number(process.hrtime.bigint() / 1_000_000n));
  return file;
}

/** Opens a SQLite database. One connection does all: a transaction runs from begin to commit without a pause. */
export function openSqlite(path: string): Database {
  const file = openSqliteFile(path);
  const checkpoints = checkpointWhenIdle(file);
  const statementOf = keepStatements(file, mostStatements);
  const [beginNow, commit, savepoint, release] = [
    'begin immediate',
    'commit',
    'savepoint task',
    'release task',
  ].map((text) => file.prepare(text)) as [
    BetterSqlite.Statement,
    BetterSqlite.Statement,
    BetterSqlite.Statement,
    BetterSqlite.Statement,
  ];

  function run(query: Query): Answer {
    const statement = statementOf(query.sql);
    if (!statement.reader) return { rows: [], changed: statement.run(...query.parameters).changes };
    const rows = statement.all(...query.parameters);
    return { rows, changed: rows.length };
  }

  /** Runs a task so that its failure undoes it alone. */
  function runApart(task: Task): TaskOutcome {
    savepoint.run();
    try {
      const result = driveSync(task.steps(), run);
      release.run();
      return { ok: true, result };
    } catch (reason) {
      // A full disk ends the whole transaction by itself; then nothing of the batch has happened.
      if (!file.inTransaction) throw reason;
      file.exec('rollback to task; release task');
      return { ok: false, reason: readable(reason) };
    }
  }

  async function commitAll(runTask: (task: Task) => TaskOutcome, tasks: readonly Task[]) {
    await begin(beginNow);
    try {
      const outcomes = tasks.map(runTask);
      commit.run();
      return outcomes;
    } catch (reason) {
      if (file.inTransaction) file.exec('rollback');
      throw reason;
    }
  }

  /** Most batches go through whole. One in which a task fails is run again with a savepoint around each. */
  async function runBatch(tasks: readonly Task[]): Promise<readonly TaskOutcome[]> {
    checkpoints.soon();
    try {
      return await commitAll((task) => ({ ok: true, result: driveSync(task.steps(), run) }), tasks);
    } catch (failure) {
      // Another process had the file all the time; that is no task's fault, and waiting as long again helps nobody.
      if (isBusy(failure)) throw readable(failure);
      return await commitAll(runApart, tasks).catch((reason: unknown) => {
        throw readable(reason);
      });
    }
  }

  const lanes = createLanes(runBatch);
  return {
    dialect: 'sqlite',
    sql: new Kysely<Tables>({
      dialect: {
        createAdapter: () => new SqliteAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (db) => new SqliteIntrospector(db),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      },
    }),
    now: sql<number>`uptime_ms()`,
    run: async <Row>(query: Query<Row>) => {
      try {
        return run(query).rows as Row[];
      } catch (reason) {
        throw readable(reason);
      }
    },
    // There is one writer, so there is one lane.
    transact: (_lane, steps) => lanes.add('', steps),
    ping: async () => {
      run({ sql: 'select 1', parameters: [] });
    },
    close: async () => {
      checkpoints.stop();
      file.close();
    },
  };
}

/** Takes the write lock, trying again for a while when another process has it. */
async function begin(beginNow: BetterSqlite.Statement): Promise<void> {
  const givenUpAt = performance.now() + busyLimit;
  for (;;) {
    try {
      beginNow.run();
      return;
    } catch (reason) {
      if (!isBusy(reason) || performance.now() > givenUpAt) throw reason;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function codeOf(reason: unknown): string {
  return reason instanceof BetterSqlite.SqliteError ? reason.code : '';
}

/** Whether another process has the write lock. */
export function isBusy(reason: unknown): boolean {
  return codeOf(reason).startsWith('SQLITE_BUSY');
}

function readable(reason: unknown): unknown {
  const code = codeOf(reason);
  if (isBusy(reason) || code.startsWith('SQLITE_LOCKED')) {
    return new KibitzError('unavailable', 'The database is busy. Try again in a moment.', undefined, {
      cause: reason,
    });
  }
  if (code.startsWith('SQLITE_FULL') || code.startsWith('SQLITE_IOERR')) {
    return new KibitzError(
      'unavailable',
      'The server’s disk is full or failing; nothing was written.',
      undefined,
      {
        cause: reason,
      },
    );
  }
  return reason;
}
