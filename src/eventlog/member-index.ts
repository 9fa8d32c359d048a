import type { Database } from '../db/database.ts';
import { compiled, prepared } from '../db/query.ts';
import type { Steps } from '../db/steps.ts';
import type { RoomEvent } from '../domain/event.ts';
import { type Role, roleSchema } from '../domain/roles.ts';

/** A room somebody is in. */
export type Membership = { id: string; title: string; role: Role; updatedAt: string };

/** Who is in which room, as a table kept by the appends. */
export function createMemberIndex(db: Database) {
  const put = prepared((row: { roomId: string; userId: string; role: string }) =>
    db.sql
      .insertInto('members')
      .values({ room_id: row.roomId, user_id: row.userId, role: row.role })
      .onConflict((conflict) =>
        conflict.columns(['room_id', 'user_id']).doUpdateSet((eb) => ({ role: eb.ref('excluded.role') })),
      ),
  );
  const remove = prepared((key: { roomId: string; userId: string }) =>
    db.sql.deleteFrom('members').where('room_id', '=', key.roomId).where('user_id', '=', key.userId),
  );
  const role = prepared((key: { roomId: string; userId: string }) =>
    db.sql
      .selectFrom('members')
      .select('role')
      .where('room_id', '=', key.roomId)
      .where('user_id', '=', key.userId),
  );

  return {
    /** Brings the table up to one event, within its append. */
    *project(event: RoomEvent): Steps<void> {
      switch (event.kind) {
        case 'member.joined':
        case 'member.changed':
          yield put({ roomId: event.roomId, userId: event.data.userId, role: event.data.role });
          return;
        case 'member.left':
          yield remove({ roomId: event.roomId, userId: event.data.userId });
      }
    },

    /** The role of a user at this moment; undefined for those who are not in the room. */
    async roleOf(roomId: string, userId: string): Promise<Role | undefined> {
      const [row] = await db.run(role({ roomId, userId }));
      return row === undefined ? undefined : roleSchema.parse(row.role);
    },

    /** The rooms of a user, the last active first. */
    async roomsOf(userId: string): Promise<Membership[]> {
      const query = db.sql
        .selectFrom('members')
        .innerJoin('rooms', 'rooms.id', 'members.room_id')
        .select(['rooms.id', 'rooms.title', 'members.role', 'rooms.updated_at'])
        .where('members.user_id', '=', userId)
        .orderBy('rooms.updated_at', 'desc')
        .limit(500);
      const rows = await db.run(compiled(query));
      return rows.map((row) => ({
        id: row.id,
        title: row.title,
        role: roleSchema.parse(row.role),
        updatedAt: row.updated_at,
      }));
    },
  };
}

export type MemberIndex = ReturnType<typeof createMemberIndex>;
