import type { LoggedEvent } from '../domain/event.ts';
import { stateFor, viewFor } from '../domain/viewing.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import { type Snapshot, snapshotOf } from '../protocol/snapshot.ts';

/** A tab that is further behind than this many events is better off with a snapshot. */
const maxEvents = 500;

/** Where a tab stands: its last event and the epoch it belongs to. */
export type Position = { after?: number | undefined; epoch?: string | undefined };

export type CatchUp = {
  head: number;
  epoch: string;
  snapshot: Snapshot | null;
  events: LoggedEvent[];
};

/**
 * What brings a tab of a user up to date: the events since its position or, if it has none that holds, the room as it
 * stands.
 */
export async function catchUp(
  eventLog: EventLog,
  roomId: string,
  userId: string,
  position: Position,
): Promise<CatchUp> {
  const state = await eventLog.newestStateOf(roomId);
  const stored = await eventLog.headOf(roomId);
  const epoch = stored?.epoch ?? '';
  const { after } = position;
  // A tab that is ahead of the log has seen what is no longer there.
  if (after !== undefined && position.epoch === epoch && after <= state.seq) {
    const events = await eventLog.eventsAfter(roomId, after, maxEvents + 1);
    if (events.length <= maxEvents) {
      const head = events.at(-1)?.seq ?? after;
      // By the role they have after all of it, though it was read later than the state.
      const now = head > state.seq ? await eventLog.newestStateOf(roomId) : state;
      return { head, epoch, snapshot: null, events: events.map(viewFor(now, userId)) };
    }
  }
  const messages = await eventLog.latestMessages(state);
  return {
    head: state.seq,
    epoch,
    snapshot: snapshotOf(stateFor({ ...state, messages }, userId)),
    events: [],
  };
}
