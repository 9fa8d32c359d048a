import type { Query } from './query.ts';

/** What a query came to: its rows, and how many rows it wrote. */
export type Answer = { rows: unknown[]; changed: number };

/**
 * The queries of a transaction, written once for both databases: a generator that yields a query and is given what it
 * came to. SQLite drives it without waiting, PostgreSQL with awaits.
 */
export type Steps<Result> = Generator<Query, Result, Answer>;

/** Yields one query and gives its rows their type. */
export function* rowsOf<Row>(query: Query<Row>): Steps<Row[]> {
  return (yield query).rows as Row[];
}

/** Yields one query and tells how many rows it wrote; in SQLite half the cost of having it return them. */
export function* changedBy(query: Query): Steps<number> {
  return (yield query).changed;
}

/** Drives steps with a database that answers at once. */
export function driveSync<Result>(steps: Steps<Result>, run: (query: Query) => Answer): Result {
  let step = steps.next();
  while (step.done !== true) step = steps.next(run(step.value));
  return step.value;
}

/** Drives steps with a database that answers later. */
export async function driveAsync<Result>(
  steps: Steps<Result>,
  run: (query: Query) => Promise<Answer>,
): Promise<Result> {
  let step = steps.next();
  while (step.done !== true) step = steps.next(await run(step.value));
  return step.value;
}
