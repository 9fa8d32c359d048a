import type { Database } from '../db/database.ts';
import { compiled, prepared } from '../db/query.ts';
import { rowsOf, type Steps } from '../db/steps.ts';
import type { RoomEvent } from '../domain/event.ts';
import { type TimelineMessage, timelineMessageSchema } from '../domain/room-state.ts';
import { edited, placed, replaced } from '../domain/timeline.ts';

/** A page of the timeline, oldest first, and whether older messages remain. */
export type TimelinePage = { messages: TimelineMessage[]; more: boolean };

const parse = (data: string): TimelineMessage => timelineMessageSchema.parse(JSON.parse(data));

/**
 * The timeline as a table, kept by the appends themselves: so that older messages can be found and paged without
 * folding the log. It can always be made anew from the events.
 */
export function createTimelineIndex(db: Database) {
  const put = prepared((row: { roomId: string; messageId: string; place: number; data: string }) =>
    db.sql
      .insertInto('messages')
      .values({ room_id: row.roomId, message_id: row.messageId, place: row.place, data: row.data }),
  );
  const find = prepared((key: { roomId: string; messageId: string }) =>
    db.sql
      .selectFrom('messages')
      .select(['place', 'data'])
      .where('room_id', '=', key.roomId)
      .where('message_id', '=', key.messageId),
  );
  const standing = prepared((key: { roomId: string; place: number }) =>
    db.sql
      .selectFrom('messages')
      .select('data')
      .where('room_id', '=', key.roomId)
      .where('place', '=', key.place)
      .where('data', 'is not', null),
  );
  const update = prepared((row: { roomId: string; messageId: string; data: string | null }) =>
    db.sql
      .updateTable('messages')
      .set({ data: row.data })
      .where('room_id', '=', row.roomId)
      .where('message_id', '=', row.messageId),
  );

  function* current(roomId: string, messageId: string): Steps<TimelineMessage | undefined> {
    const [row] = yield* rowsOf(find({ roomId, messageId }));
    return row?.data == null ? undefined : parse(row.data);
  }

  const insert = (roomId: string, message: TimelineMessage) =>
    put({ roomId, messageId: message.messageId, place: message.seq, data: JSON.stringify(message) });

  return {
    /** Brings the table up to one event, within its append. */
    *project(event: RoomEvent): Steps<void> {
      const { roomId } = event;
      switch (event.kind) {
        case 'message.posted':
          yield insert(roomId, placed(event));
          return;
        case 'message.edited': {
          const { messageId } = event.data;
          const old = yield* current(roomId, messageId);
          if (old !== undefined)
            yield update({ roomId, messageId, data: JSON.stringify(edited(old, event)) });
          return;
        }
        case 'message.replaced': {
          const { supersedes } = event.data;
          const old = yield* current(roomId, supersedes);
          if (old === undefined) return;
          yield update({ roomId, messageId: supersedes, data: null });
          yield insert(roomId, replaced(old, event));
          return;
        }
        case 'message.removed':
          yield update({ roomId, messageId: event.data.supersedes, data: null });
      }
    },

    /** The message that stands where the one with this id stood: itself, or the version that took its place. */
    async find(roomId: string, messageId: string): Promise<TimelineMessage | undefined> {
      const [row] = await db.run(find({ roomId, messageId }));
      if (row === undefined) return undefined;
      if (row.data !== null) return parse(row.data);
      const [successor] = await db.run(standing({ roomId, place: row.place }));
      return successor?.data == null ? undefined : parse(successor.data);
    },

    /** The latest `limit` messages whose place is before `before`. */
    async page(roomId: string, before: number, limit: number): Promise<TimelinePage> {
      const query = db.sql
        .selectFrom('messages')
        .select('data')
        .where('room_id', '=', roomId)
        .where('place', '<', before)
        .where('data', 'is not', null)
        .orderBy('place', 'desc')
        .limit(limit + 1);
      const rows = await db.run(compiled(query));
      const messages = rows.slice(0, limit).flatMap(({ data }) => (data === null ? [] : [parse(data)]));
      return { messages: messages.reverse(), more: rows.length > limit };
    },
  };
}

export type TimelineIndex = ReturnType<typeof createTimelineIndex>;
