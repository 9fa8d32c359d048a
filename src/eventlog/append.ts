import type { Database } from '../db/database.ts';
import { prepared } from '../db/query.ts';
import { rowsOf, type Steps } from '../db/steps.ts';
import type { RoomEvent } from '../domain/event.ts';
import type { CommandKey, CommandResults } from './command-results.ts';
import { insertEvent, toRow } from './event-row.ts';
import type { MemberIndex } from './member-index.ts';
import type { TimelineIndex } from './timeline-index.ts';

export type AppendRequest = {
  roomId: string;
  /** In order, the first at `expectedHead + 1`. */
  events: readonly RoomEvent[];
  /** Where the log must stand; 0 opens a new one. */
  expectedHead: number;
  /** In a turn: the epoch of its lease, which must still be the room's. */
  turnEpoch?: number | undefined;
  command?: { key: CommandKey; result: object } | undefined;
  /** More that must happen with it or not at all. */
  alongside?: (() => Steps<void>) | undefined;
};

/**
 * `appended`: durable. `moved`: the head is elsewhere. `fenced`: another holder has the turn. `repeated`: the command id
 * has had its effect. In all but the first nothing was written.
 */
export type AppendOutcome = 'appended' | 'moved' | 'fenced' | 'repeated';

class Refused extends Error {
  readonly outcome: AppendOutcome;
  constructor(outcome: AppendOutcome) {
    super(outcome);
    this.outcome = outcome;
  }
}

type Parts = { timeline: TimelineIndex; members: MemberIndex; results: CommandResults };

/** The one way events get into a log: one transaction that moves the head, writes the rows and brings the tables along. */
export function createAppend(db: Database, { timeline, members, results }: Parts, newEpoch: () => string) {
  const insert = insertEvent(db);
  const open = prepared((row: { id: string; epoch: string; head: number; open: number; at: string }) =>
    db.sql.insertInto('rooms').values({
      id: row.id,
      title: '',
      head: row.head,
      epoch: row.epoch,
      open_turns: row.open,
      turn_epoch: 0,
      updated_at: row.at,
    }),
  );
  type Move = { id: string; expected: number; head: number; opened: number; at: string };
  const moved = (move: Move) =>
    db.sql
      .updateTable('rooms')
      .set((eb) => ({ head: move.head, open_turns: eb('open_turns', '+', move.opened), updated_at: move.at }))
      .where('id', '=', move.id)
      .where('head', '=', move.expected)
      .returning('head');
  const move = prepared(moved);
  const moveInTurn = prepared((values: Move & { turnEpoch: number }) =>
    moved(values).where('turn_epoch', '=', values.turnEpoch),
  );
  const standing = prepared((values: { id: string }) =>
    db.sql.selectFrom('rooms').select('head').where('id', '=', values.id),
  );
  const rename = prepared((values: { id: string; title: string }) =>
    db.sql.updateTable('rooms').set({ title: values.title }).where('id', '=', values.id),
  );

  function* moveHead({ roomId, events, expectedHead, turnEpoch }: AppendRequest): Steps<void> {
    const at = events.at(-1)?.at ?? '';
    const head = expectedHead + events.length;
    const opened = openTurns(events);
    if (expectedHead === 0) {
      yield open({ id: roomId, epoch: newEpoch(), head, open: opened, at });
      return;
    }
    const values = { id: roomId, expected: expectedHead, head, opened, at };
    const rows = yield* rowsOf(turnEpoch === undefined ? move(values) : moveInTurn({ ...values, turnEpoch }));
    if (rows.length > 0) return;
    const [room] = yield* rowsOf(standing({ id: roomId }));
    throw new Refused(turnEpoch !== undefined && room?.head === expectedHead ? 'fenced' : 'moved');
  }

  function* steps(request: AppendRequest): Steps<void> {
    const { command, alongside, events } = request;
    if (command !== undefined && !(yield* results.claim(command.key, command.result)))
      throw new Refused('repeated');
    yield* moveHead(request);
    for (const event of events) {
      yield insert(toRow(event));
      yield* timeline.project(event);
      yield* members.project(event);
      if (event.kind === 'room.created' || event.kind === 'room.updated') {
        yield rename({ id: event.roomId, title: event.data.title });
      }
    }
    if (alongside !== undefined) yield* alongside();
  }

  return async function append(request: AppendRequest): Promise<AppendOutcome> {
    try {
      await db.transact(request.roomId, () => steps(request));
      return 'appended';
    } catch (reason) {
      if (reason instanceof Refused) return reason.outcome;
      throw reason;
    }
  };
}

export type Append = ReturnType<typeof createAppend>;

/** By how much these events change the number of turns that wait or run. */
function openTurns(events: readonly RoomEvent[]): number {
  return events.reduce(
    (sum, { kind }) => sum + (kind === 'turn.queued' ? 1 : kind === 'turn.ended' ? -1 : 0),
    0,
  );
}
