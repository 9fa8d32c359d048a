import type { Database } from '../db/database.ts';
import { compiled, prepared } from '../db/query.ts';
import { rowsOf, type Steps } from '../db/steps.ts';
import type { Tables } from '../db/tables.ts';
import type { LeftMessage, Reach } from '../domain/command.ts';
import type { RoomEvent } from '../domain/event.ts';
import { type TimelineMessage, timelineMessageSchema } from '../domain/room-state.ts';
import { edited, placed, replaced } from '../domain/timeline.ts';

/** A page of the timeline, oldest first, and whether older messages remain. */
export type TimelinePage = { messages: TimelineMessage[]; more: boolean };

/** What a command reaches of the timeline, in its order, and what is not on it any more. */
export type Reached = { standing: TimelineMessage[]; left: LeftMessage[] };

/** Messages that one command may be decided on. */
const maxReach = 5_000;

type Row = Pick<Tables['messages'], 'data' | 'left_by' | 'slot'>;
const parse = ({ data }: Pick<Row, 'data'>): TimelineMessage => timelineMessageSchema.parse(JSON.parse(data));

function reached(rows: readonly Row[]): Reached {
  return {
    standing: rows.filter((row) => row.left_by === null).map(parse),
    left: rows.flatMap((row) =>
      row.left_by === null ? [] : [{ ...parse(row), leftBy: row.left_by, slot: row.slot }],
    ),
  };
}

/**
 * The timeline as a table, kept by the appends themselves: so that older messages can be found and paged without
 * folding the log. It can always be made anew from the events.
 */
export function createTimelineIndex(db: Database) {
  type Stored = {
    roomId: string;
    messageId: string;
    place: number;
    slot: string;
    cause: string | null;
    data: string;
  };
  const put = prepared((row: Stored) =>
    db.sql
      .insertInto('messages')
      .values({
        room_id: row.roomId,
        message_id: row.messageId,
        place: row.place,
        slot: row.slot,
        cause: row.cause,
        left_by: null,
        data: row.data,
      })
      // A version that is shown again, or a message that comes back.
      .onConflict((conflict) =>
        conflict.columns(['room_id', 'message_id']).doUpdateSet((eb) => ({
          place: eb.ref('excluded.place'),
          left_by: eb.ref('excluded.left_by'),
          data: eb.ref('excluded.data'),
        })),
      ),
  );
  const find = prepared((key: { roomId: string; messageId: string }) =>
    db.sql
      .selectFrom('messages')
      .select(['place', 'slot', 'cause', 'left_by', 'data'])
      .where('room_id', '=', key.roomId)
      .where('message_id', '=', key.messageId),
  );
  const rewrite = prepared((row: { roomId: string; messageId: string; data: string }) =>
    db.sql
      .updateTable('messages')
      .set({ data: row.data })
      .where('room_id', '=', row.roomId)
      .where('message_id', '=', row.messageId),
  );
  const leave = prepared((row: { roomId: string; messageId: string; by: number }) =>
    db.sql
      .updateTable('messages')
      .set({ left_by: row.by })
      .where('room_id', '=', row.roomId)
      .where('message_id', '=', row.messageId),
  );

  function stored(roomId: string, message: TimelineMessage, slot = message.messageId) {
    const { messageId, seq: place, cause = null } = message;
    return put({ roomId, messageId, place, slot, cause, data: JSON.stringify(message) });
  }

  const rowsIn = (roomId: string) =>
    db.sql.selectFrom('messages').select(['data', 'left_by', 'slot']).where('room_id', '=', roomId);

  const around = prepared((key: { roomId: string; messageId: string; root: string }) =>
    rowsIn(key.roomId)
      .where((eb) =>
        eb.or([
          eb('message_id', '=', key.root),
          eb('cause', '=', key.root),
          eb('message_id', '=', key.messageId),
        ]),
      )
      .orderBy('place')
      .orderBy('slot')
      .limit(maxReach),
  );
  const latest = prepared((values: { roomId: string; before: number; limit: number }) =>
    rowsIn(values.roomId)
      .where('place', '<', values.before)
      .where('left_by', 'is', null)
      .orderBy('place', 'desc')
      .orderBy('slot', 'desc')
      .limit(values.limit),
  );

  return {
    /** Brings the table up to one event, within its append. */
    *project(event: RoomEvent): Steps<void> {
      const { roomId } = event;
      switch (event.kind) {
        case 'message.posted':
          yield stored(roomId, placed(event));
          return;
        case 'message.edited': {
          const { messageId } = event.data;
          const [old] = yield* rowsOf(find({ roomId, messageId }));
          if (old === undefined) return;
          yield rewrite({ roomId, messageId, data: JSON.stringify(edited(parse(old), event)) });
          return;
        }
        case 'message.replaced': {
          const { supersedes } = event.data;
          const [old] = yield* rowsOf(find({ roomId, messageId: supersedes }));
          if (old === undefined) return;
          yield leave({ roomId, messageId: supersedes, by: event.seq });
          yield stored(roomId, replaced(parse(old), event), old.slot);
          return;
        }
        case 'message.removed':
          yield leave({ roomId, messageId: event.data.supersedes, by: event.seq });
      }
    },

    /** The message that stands where the one with this id stood: itself, or the version that took its place. */
    async find(roomId: string, messageId: string): Promise<TimelineMessage | undefined> {
      const [row] = await db.run(find({ roomId, messageId }));
      if (row === undefined || row.left_by === null) return row && parse(row);
      const query = rowsIn(roomId)
        .where('slot', '=', row.slot)
        .where('place', '=', row.place)
        .where('left_by', 'is', null);
      const [successor] = await db.run(compiled(query));
      return successor && parse(successor);
    },

    async reach(roomId: string, reach: Reach): Promise<Reached> {
      if ('leftBy' in reach) {
        const { from, to } = reach.leftBy;
        const query = rowsIn(roomId).where('left_by', '>=', from).where('left_by', '<=', to);
        return reached(await db.run(compiled(query.orderBy('place').orderBy('slot').limit(maxReach))));
      }
      const messageId = 'from' in reach ? reach.from : reach.around;
      const [named] = await db.run(find({ roomId, messageId }));
      if (named === undefined) return { standing: [], left: [] };
      if ('from' in reach) {
        const query = rowsIn(roomId).where('place', '>=', named.place).where('left_by', 'is', null);
        return reached(await db.run(compiled(query.orderBy('place').orderBy('slot').limit(maxReach))));
      }
      return reached(await db.run(around({ roomId, messageId, root: named.cause ?? messageId })));
    },

    /** The latest `limit` messages whose place is before `before`. */
    async page(roomId: string, before: number, limit: number): Promise<TimelinePage> {
      const rows = await db.run(latest({ roomId, before, limit: limit + 1 }));
      return { messages: rows.slice(0, limit).map(parse).reverse(), more: rows.length > limit };
    },
  };
}

export type TimelineIndex = ReturnType<typeof createTimelineIndex>;
