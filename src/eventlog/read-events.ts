import { setImmediate } from 'node:timers/promises';
import type { Database } from '../db/database.ts';
import { compiled, prepared } from '../db/query.ts';
import type { LoggedEvent } from '../domain/event.ts';
import { eventColumns, fromRow } from './event-row.ts';

/** Where a room's log stands: `head` is its last sequence number, `epoch` changes when its history does. */
export type RoomHead = { roomId: string; head: number; epoch: string };

/** Events that are read at once where a whole log is. */
const pageSize = 500;

/** Reading the log. Events come in order of `seq`. */
export function createEventReader(db: Database) {
  const after = prepared((values: { roomId: string; after: number; limit: number }) =>
    db.sql
      .selectFrom('events')
      .select(eventColumns)
      .where('room_id', '=', values.roomId)
      .where('seq', '>', values.after)
      .orderBy('seq')
      .limit(values.limit),
  );
  const head = prepared((values: { roomId: string }) =>
    db.sql.selectFrom('rooms').select(['id', 'head', 'epoch']).where('id', '=', values.roomId),
  );

  async function eventsAfter(roomId: string, seq: number, limit: number): Promise<LoggedEvent[]> {
    const rows = await db.run(after({ roomId, after: seq, limit }));
    return rows.map((row) => fromRow(roomId, row));
  }

  return {
    eventsAfter,

    /** The events up to and with `last`, whatever is appended meanwhile. Others get their turn between the pages. */
    async *eventsUpTo(roomId: string, last: number): AsyncGenerator<LoggedEvent> {
      for (let seq = 0; seq < last; ) {
        const events = await eventsAfter(roomId, seq, Math.min(pageSize, last - seq));
        if (events.length === 0) return;
        yield* events;
        seq = events.at(-1)?.seq ?? last;
        await setImmediate();
      }
    },

    /** Undefined when there is no such room. */
    async headOf(roomId: string): Promise<RoomHead | undefined> {
      const [row] = await db.run(head({ roomId }));
      return row === undefined ? undefined : { roomId: row.id, head: row.head, epoch: row.epoch };
    },

    async headsOf(roomIds: readonly string[]): Promise<RoomHead[]> {
      if (roomIds.length === 0) return [];
      const query = db.sql.selectFrom('rooms').select(['id', 'head', 'epoch']).where('id', 'in', roomIds);
      const rows = await db.run(compiled(query));
      return rows.map((row) => ({ roomId: row.id, head: row.head, epoch: row.epoch }));
    },
  };
}

export type EventReader = ReturnType<typeof createEventReader>;
