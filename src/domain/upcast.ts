import type { EventKind } from './event.ts';

/** Turns the data of one version of an event kind into that of the next. */
type Step = (data: unknown) => unknown;

/**
 * The history of each kind's data: entry n turns version n + 1 into n + 2. Kinds that never changed are at version 1
 * and are not listed. A stored event is brought up to date when it is read and is never rewritten.
 */
export type EventHistory = ReadonlyMap<string, readonly Step[]>;

export const eventHistory: EventHistory = new Map<EventKind, readonly Step[]>();

/** The version under which data of `kind` is written today. */
export function currentVersion(kind: string, history: EventHistory = eventHistory): number {
  return (history.get(kind)?.length ?? 0) + 1;
}

/** Data stored under `version`, as today's version of its kind; data from a later version is left as it is. */
export function upcast(
  kind: string,
  version: number,
  data: unknown,
  history: EventHistory = eventHistory,
): unknown {
  const steps = history.get(kind);
  if (steps === undefined) return data;
  return steps.slice(version - 1).reduce((value, step) => step(value), data);
}
