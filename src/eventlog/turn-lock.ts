import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { lapsed } from '../db/lapsed.ts';
import { compiled, prepared } from '../db/query.ts';
import { rowsOf } from '../db/steps.ts';
import { type MessageData, messageSchema } from '../domain/event.ts';

/** The right to run a room's turns. What is appended under it names its epoch, and is refused once that has passed on. */
export type Lease = { roomId: string; epoch: number };

/** A running reply as it was last written down. */
export type Checkpoint = { turnId: string; message: MessageData };

/** What a holder learns when it renews: that it has lost the lease, or that its turn should stop. */
export type Renewal = { held: false } | { held: true; stop: string | undefined };

/**
 * The turn lock of every room: a lease in the database that holds the log, judged by that database's clock. Times are
 * milliseconds.
 */
export type TurnLock = {
  /** Takes the lease if nobody holds it or its holder let it run out; undefined otherwise. */
  acquire(roomId: string, holder: string, duration: number): Promise<Lease | undefined>;
  /** Prolongs the lease from now on, and keeps the checkpoint in the same write. */
  renew(lease: Lease, duration: number, checkpoint?: Checkpoint): Promise<Renewal>;
  /** Gives the lease back at once; one that has been lost is left alone. */
  release(lease: Lease): Promise<void>;
  /** Asks whoever runs this turn, in whatever process, to stop it; they hear of it when they renew. */
  requestStop(roomId: string, turnId: string): Promise<void>;
  /** What was last written down of a turn. */
  checkpointOf(roomId: string, turnId: string): Promise<Checkpoint | undefined>;
  /** Rooms with turns to run and nobody who runs them. */
  roomsToServe(limit: number): Promise<string[]>;
};

/** Milliseconds that no lease is given for. */
const longest = 60_000;

export function createTurnLock(db: Database): TurnLock {
  const isLapsed = lapsed(db, 'turn_expires_ms', longest);
  const acquire = prepared((values: { roomId: string; holder: string; duration: number }) =>
    db.sql
      .updateTable('rooms')
      .set((eb) => ({
        turn_epoch: eb('turn_epoch', '+', 1),
        turn_holder: values.holder,
        turn_expires_ms: eb(db.now, '+', values.duration),
        turn_stop: null,
      }))
      .where('id', '=', values.roomId)
      .where((eb) => eb.or([eb('turn_holder', 'is', null), isLapsed]))
      .returning('turn_epoch'),
  );
  const release = prepared((values: Lease) =>
    db.sql
      .updateTable('rooms')
      .set({ turn_holder: null, turn_expires_ms: null, turn_stop: null })
      .where('id', '=', values.roomId)
      .where('turn_epoch', '=', values.epoch),
  );
  const renew = prepared((values: { roomId: string; epoch: number; duration: number }) =>
    db.sql
      .updateTable('rooms')
      .set((eb) => ({ turn_expires_ms: eb(db.now, '+', values.duration) }))
      .where('id', '=', values.roomId)
      .where('turn_epoch', '=', values.epoch)
      .where('turn_holder', 'is not', null)
      .returning('turn_stop'),
  );
  const keep = prepared((row: { roomId: string; turnId: string; message: string }) =>
    db.sql
      .insertInto('checkpoints')
      .values({ room_id: row.roomId, turn_id: row.turnId, message: row.message })
      .onConflict((conflict) =>
        conflict.column('room_id').doUpdateSet((eb) => ({
          turn_id: eb.ref('excluded.turn_id'),
          message: eb.ref('excluded.message'),
        })),
      ),
  );

  return {
    async acquire(roomId, holder, duration) {
      const [row] = await db.transact(roomId, () => rowsOf(acquire({ roomId, holder, duration })));
      return row === undefined ? undefined : { roomId, epoch: row.turn_epoch };
    },

    renew: ({ roomId, epoch }, duration, checkpoint) =>
      db.transact(roomId, function* () {
        const [row] = yield* rowsOf(renew({ roomId, epoch, duration }));
        if (row === undefined) return { held: false };
        if (checkpoint !== undefined) {
          const message = JSON.stringify(checkpoint.message);
          yield keep({ roomId, turnId: checkpoint.turnId, message });
        }
        return { held: true, stop: row.turn_stop ?? undefined };
      }),

    async release(lease) {
      await db.transact(lease.roomId, function* () {
        yield release(lease);
      });
    },

    async requestStop(roomId, turnId) {
      await db.transact(roomId, function* () {
        yield compiled(db.sql.updateTable('rooms').set({ turn_stop: turnId }).where('id', '=', roomId));
      });
    },

    async checkpointOf(roomId, turnId) {
      const query = db.sql
        .selectFrom('checkpoints')
        .select('message')
        .where('room_id', '=', roomId)
        .where('turn_id', '=', turnId);
      const [row] = await db.run(compiled(query));
      return row === undefined
        ? undefined
        : { turnId, message: messageSchema.parse(JSON.parse(row.message)) };
    },

    async roomsToServe(limit) {
      const query = db.sql
        .selectFrom('rooms')
        .select('id')
        // Written out, or the index of these rooms is not used.
        .where('open_turns', '>', sql.lit(0))
        .where((eb) => eb.or([eb('turn_holder', 'is', null), isLapsed]))
        .limit(limit);
      const rows = await db.run(compiled(query));
      return rows.map((row) => row.id);
    },
  };
}
