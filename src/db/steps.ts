import type { Query } from './query.ts';

/**
 * The queries of a transaction, written once for both databases: a generator that yields a query and is given its
 * rows. SQLite drives it without waiting, PostgreSQL with awaits.
 */
export type Steps<Result> = Generator<Query, Result, unknown[]>;

/** Yields one query and gives its rows their type. */
export function* rowsOf<Row>(query: Query<Row>): Steps<Row[]> {
  return (yield query) as Row[];
}

/** Drives steps with a database that answers at once. */
export function driveSync<Result>(steps: Steps<Result>, run: (query: Query) => unknown[]): Result {
  let step = steps.next();
  while (step.done !== true) step = steps.next(run(step.value));
  return step.value;
}

/** Drives steps with a database that answers later. */
export async function driveAsync<Result>(
  steps: Steps<Result>,
  run: (query: Query) => Promise<unknown[]>,
): Promise<Result> {
  let step = steps.next();
  while (step.done !== true) step = steps.next(await run(step.value));
  return step.value;
}
