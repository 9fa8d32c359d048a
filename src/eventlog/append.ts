import type { Database } from '../db/database.ts';
import { prepared } from '../db/query.ts';
import { changedBy, rowsOf, type Steps } from '../db/steps.ts';
import type { RoomEvent } from '../domain/event.ts';
import type { CommandKey, CommandResults } from './command-results.ts';
import type { ConsequenceIndex } from './consequence-index.ts';
import { insertEvent, toRow } from './event-row.ts';
import type { MemberIndex } from './member-index.ts';
import type { TimelineIndex } from './timeline-index.ts';

export type AppendRequest = {
  roomId: string;
  /** In order, the first at `expectedHead + 1`. */
  events: readonly RoomEvent[];
  /** Where the log must stand; 0 opens a new one. */
  expectedHead: number;
  /** Names this append. */
  mark: string;
  /** The append that must have made the head, where the events were decided before that one was durable. */
  after?: string | undefined;
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

type Parts = {
  timeline: TimelineIndex;
  consequences: ConsequenceIndex;
  members: MemberIndex;
  results: CommandResults;
};

/** The one way events get into a log: one transaction that moves the head, writes the rows and brings the tables along. */
export function createAppend(
  db: Database,
  { timeline, consequences, members, results }: Parts,
  newEpoch: () => string,
) {
  const insert = insertEvent(db);
  type Move = {
    id: string;
    expected: number;
    after: string | null;
    turnEpoch: number | null;
    head: number;
    mark: string;
    opened: number;
    at: string;
  };
  /** Writes no row where the room is there already. */
  const open = prepared((row: Pick<Move, 'id' | 'head' | 'mark' | 'opened' | 'at'> & { epoch: string }) =>
    db.sql
      .insertInto('rooms')
      .values({
        id: row.id,
        title: '',
        head: row.head,
        head_mark: row.mark,
        epoch: row.epoch,
        open_turns: row.opened,
        turn_epoch: 0,
        updated_at: row.at,
      })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const move = prepared((values: Move) =>
    db.sql
      .updateTable('rooms')
      .set((eb) => ({
        head: values.head,
        head_mark: values.mark,
        open_turns: eb('open_turns', '+', values.opened),
        updated_at: values.at,
      }))
      .where('id', '=', values.id)
      .where('head', '=', values.expected)
      .where((eb) =>
        eb.or([eb('head_mark', '=', values.after), eb(eb.cast(eb.val(values.after), 'text'), 'is', null)]),
      )
      .where((eb) =>
        eb.or([
          eb('turn_epoch', '=', values.turnEpoch),
          eb(eb.cast(eb.val(values.turnEpoch), 'integer'), 'is', null),
        ]),
      ),
  );
  const standing = prepared((values: { id: string }) =>
    db.sql.selectFrom('rooms').select(['head', 'head_mark']).where('id', '=', values.id),
  );
  const lock = prepared((values: { id: string }) =>
    db.sql
      .updateTable('rooms')
      .set((eb) => ({ head: eb.ref('head') }))
      .where('id', '=', values.id),
  );
  const read = prepared((values: { roomId: string; seq: number }) =>
    db.sql
      .selectFrom('events')
      .selectAll()
      .where('room_id', '=', values.roomId)
      .where('seq', '=', values.seq),
  );
  const rename = prepared((values: { id: string; title: string }) =>
    db.sql.updateTable('rooms').set({ title: values.title }).where('id', '=', values.id),
  );

  function* moveHead({ roomId, events, expectedHead, mark, after, turnEpoch }: AppendRequest): Steps<void> {
    const at = events.at(-1)?.at ?? '';
    const values = { id: roomId, head: expectedHead + events.length, mark, opened: openTurns(events), at };
    if (expectedHead === 0) {
      const opened = yield* changedBy(open({ ...values, epoch: newEpoch() }));
      if (opened === 0) throw new Refused('moved');
      return;
    }
    const required = { expected: expectedHead, after: after ?? null, turnEpoch: turnEpoch ?? null };
    if ((yield* changedBy(move({ ...values, ...required }))) > 0) return;
    const [room] = yield* rowsOf(standing({ id: roomId }));
    const isWhereExpected = room?.head === expectedHead && (after === undefined || room.head_mark === after);
    throw new Refused(isWhereExpected && turnEpoch !== undefined ? 'fenced' : 'moved');
  }

  function* steps(request: AppendRequest): Steps<void> {
    const { command, alongside, events } = request;
    // First the head: its row is the lock that all who write to this room take first, so none of them waits crosswise.
    yield* moveHead(request);
    if (command !== undefined && !(yield* results.claim(command.key, command.result)))
      throw new Refused('repeated');
    for (const event of events) {
      yield insert(toRow(event));
      yield* timeline.project(event);
      yield* consequences.project(event);
      yield* members.project(event);
      if (event.kind === 'room.created' || event.kind === 'room.updated') {
        yield rename({ id: event.roomId, title: event.data.title });
      }
    }
    if (alongside !== undefined) yield* alongside();
  }

  /** Whether the events stand in the log, asked once whoever may still be writing there is done. */
  function* landed({ roomId, events }: AppendRequest): Steps<boolean> {
    yield lock({ id: roomId });
    for (const event of events) {
      const row = toRow(event);
      const [stored] = yield* rowsOf(read({ roomId, seq: event.seq }));
      if (stored === undefined) return false;
      const isOurs = (Object.keys(row) as (keyof typeof row)[]).every(
        (column) => stored[column] === row[column],
      );
      if (!isOurs) return false;
    }
    return true;
  }

  return async function append(request: AppendRequest): Promise<AppendOutcome> {
    try {
      await db.transact(
        request.roomId,
        () => steps(request),
        () => landed(request),
      );
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
