import type { Database } from '../db/database.ts';
import { compiled } from '../db/query.ts';
import { type RoomState, roomStateSchema, roomStateVersion } from '../domain/room-state.ts';

/** Stored states, so that opening a room costs the same however long its log is. They can be lost without harm. */
export function createSnapshots(db: Database) {
  return {
    async load(roomId: string): Promise<RoomState | undefined> {
      const query = db.sql
        .selectFrom('snapshots')
        .select('state')
        .where('room_id', '=', roomId)
        .where('version', '=', roomStateVersion);
      const [row] = await db.run(compiled(query));
      return row && readState(row.state);
    },

    /** Keeps a state unless a later one is kept already. */
    async save(state: RoomState): Promise<void> {
      const row = {
        room_id: state.room.id,
        seq: state.seq,
        version: roomStateVersion,
        state: JSON.stringify(state),
      };
      await db.transact(state.room.id, function* () {
        yield compiled(
          db.sql
            .insertInto('snapshots')
            .values(row)
            .onConflict((conflict) =>
              conflict
                .column('room_id')
                .doUpdateSet({ seq: row.seq, version: row.version, state: row.state })
                .where('snapshots.seq', '<', row.seq),
            ),
        );
      });
    },
  };
}

/** A stored state, or undefined when it cannot be read: then the room is folded from its events. */
function readState(text: string): RoomState | undefined {
  try {
    return roomStateSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
