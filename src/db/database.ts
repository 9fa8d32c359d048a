import type { Kysely, RawBuilder } from 'kysely';
import type { Query } from './query.ts';
import type { Steps } from './steps.ts';
import type { Tables } from './tables.ts';

/**
 * An open database. Kysely only builds queries (`sql`); they run through one statement cache. Whatever goes wrong below
 * is thrown as a `KibitzError`: `unavailable` when trying again may help.
 */
export type Database = {
  readonly dialect: 'sqlite' | 'postgres';
  readonly sql: Kysely<Tables>;
  /**
   * Milliseconds by a clock that all processes share, as an expression: the database server's, or for a file the machine's since
   * it was started. The one may be set, the other starts anew: compare by `lapsed`.
   */
  readonly now: RawBuilder<number>;
  /** Runs one query outside of any transaction of ours. */
  run<Row>(query: Query<Row>): Promise<Row[]>;
  /**
   * Runs steps as one transaction: resolved means durable; thrown inside means nothing happened. Steps of one lane run
   * in the order they came; those that wait share a commit. Steps may be run again from the start, so they keep no state.
   * Thrown as `unavailable` it may have happened all the same: the connection may go while the commit is under way. Steps
   * that can tell by reading whether they have `landed` are asked then, before the lane goes on.
   */
  transact<Result>(lane: string, steps: () => Steps<Result>, landed?: () => Steps<boolean>): Promise<Result>;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
};
