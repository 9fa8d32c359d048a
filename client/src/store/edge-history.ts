import type { EventOf, LoggedEvent } from '../../../src/domain/event.ts';
import { isKnown } from '../../../src/domain/event.ts';

export type Pair = { from: string; to: string };

/** What one message changed in a relationship, and whether that was taken back since. */
export type EdgeChange = {
  seq: number;
  at: string;
  /** The message it came from. */
  cause: string;
  delta: EventOf<'edge.updated'>['data']['delta'];
  takenBack: boolean;
};

/** The changes of one relationship among events, in their order. What takes back a change that is not among them is left out. */
export function changesIn(events: readonly LoggedEvent[], { from, to }: Pair): EdgeChange[] {
  let changes: EdgeChange[] = [];
  for (const event of events) {
    if (!isKnown(event) || event.kind !== 'edge.updated') continue;
    if (event.data.from !== from || event.data.to !== to) continue;
    const { seq, at, cause = '', data } = event;
    if (data.withdrawn === true) changes = withoutLatest(changes, cause);
    else changes = [...changes, { seq, at, cause, delta: data.delta, takenBack: false }];
  }
  return changes;
}

function withoutLatest(changes: readonly EdgeChange[], cause: string): EdgeChange[] {
  const index = changes.findLastIndex((change) => change.cause === cause && !change.takenBack);
  return changes.map((change, at) => (at === index ? { ...change, takenBack: true } : change));
}

/** Reads the log: at most `limit` events after `after`, in order. */
export type ReadEvents = (after: number, limit: number) => Promise<readonly LoggedEvent[]>;

/** The changes of a relationship in their order; `isWhole`: whether all that stand are among them. */
export type EdgeHistory = { changes: readonly EdgeChange[]; isWhole: boolean };

const pageSize = 1_000;
const pagesMax = 20;

/**
 * The changes of a relationship, read backwards from where the log stands until all `standing` ones are found: so the
 * newest pages of a long log do, and no more than `pagesMax` are asked for. Nothing from before `since`, when one of the
 * two forgot everything, or came, counts.
 */
export async function readHistory(
  pair: Pair,
  { head, since, standing }: { head: number; since: number; standing: number },
  read: ReadEvents,
): Promise<EdgeHistory> {
  let events: readonly LoggedEvent[] = [];
  let changes: EdgeChange[] = [];
  let until = head;
  const isWhole = () => changes.filter((change) => !change.takenBack).length >= standing;
  for (let pages = 0; pages < pagesMax && until > since && !isWhole(); pages += 1) {
    const after = Math.max(since, until - pageSize);
    const page = await read(after, until - after);
    events = [...page.filter(({ kind }) => kind === 'edge.updated'), ...events];
    changes = changesIn(events, pair);
    until = after;
  }
  return { changes, isWhole: isWhole() };
}
