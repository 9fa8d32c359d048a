import type { Selectable } from 'kysely';
import type { Database } from '../db/database.ts';
import { prepared } from '../db/query.ts';
import type { Tables } from '../db/tables.ts';
import { eventData, type LoggedEvent, parseEvent } from '../domain/event.ts';
import { currentVersion, upcast } from '../domain/upcast.ts';

type EventRow = Selectable<Tables['events']>;

/** An event as the table holds it. */
export function toRow(event: LoggedEvent): EventRow {
  return {
    room_id: event.roomId,
    seq: event.seq,
    kind: event.kind,
    version: currentVersion(event.kind),
    at: event.at,
    actor_type: event.actor.type,
    actor_id: event.actor.id,
    turn_id: event.turnId ?? null,
    cause: event.cause ?? null,
    data: JSON.stringify(event.data),
  };
}

/** Whether the data is of a version that cannot be read here: then the event is carried, as one of an unknown kind. */
function isFromLater({ kind, version }: EventRow): boolean {
  return Object.hasOwn(eventData, kind) && version > currentVersion(kind);
}

/** A stored event as this version of Kibitz understands it. */
export function fromRow(row: EventRow): LoggedEvent {
  return parseEvent({
    roomId: row.room_id,
    seq: row.seq,
    kind: isFromLater(row) ? `${row.kind}@${row.version}` : row.kind,
    at: row.at,
    actor: { type: row.actor_type, id: row.actor_id },
    ...(row.turn_id === null ? {} : { turnId: row.turn_id }),
    ...(row.cause === null ? {} : { cause: row.cause }),
    data: upcast(row.kind, row.version, JSON.parse(row.data)),
  });
}

/** The statement that adds a row. */
export const insertEvent = (db: Database) =>
  prepared((row: EventRow) =>
    db.sql.insertInto('events').values({
      room_id: row.room_id,
      seq: row.seq,
      kind: row.kind,
      version: row.version,
      at: row.at,
      actor_type: row.actor_type,
      actor_id: row.actor_id,
      turn_id: row.turn_id,
      cause: row.cause,
      data: row.data,
    }),
  );
