import type { Selectable } from 'kysely';
import type { Database } from '../db/database.ts';
import { prepared } from '../db/query.ts';
import type { Tables } from '../db/tables.ts';
import { type CarriedEvent, isKnownKind, type LoggedEvent, parseData } from '../domain/event.ts';
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

/** What is read of a row whose room is known. */
export const eventColumns = [
  'seq',
  'kind',
  'version',
  'at',
  'actor_type',
  'actor_id',
  'turn_id',
  'cause',
  'data',
] as const;

/** Whether the data is of a version that cannot be read here: then the event is carried, as one of an unknown kind. */
function isFromLater({ kind, version }: Pick<EventRow, 'kind' | 'version'>): boolean {
  return version > currentVersion(kind) && isKnownKind(kind);
}

/** A stored event as this version of Kibitz understands it. The columns are as `toRow` filled them; what it says is checked. */
export function fromRow(roomId: string, row: Pick<EventRow, (typeof eventColumns)[number]>): LoggedEvent {
  const kind = isFromLater(row) ? `${row.kind}@${row.version}` : row.kind;
  const event: CarriedEvent = {
    roomId,
    seq: row.seq,
    kind,
    at: row.at,
    actor: { type: row.actor_type, id: row.actor_id },
    data: parseData(kind, upcast(row.kind, row.version, JSON.parse(row.data))),
  };
  if (row.turn_id !== null) event.turnId = row.turn_id;
  if (row.cause !== null) event.cause = row.cause;
  return event;
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
