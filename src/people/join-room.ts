import type { Role } from '../domain/roles.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import { KibitzError } from '../lib/errors.ts';
import type { User } from '../protocol/session.ts';
import { gone, type Invites, isUsedUp } from './invites.ts';

type Deps = { eventLog: EventLog; invites: Invites };

/** Lets people in by invite. Entering and counting the use are one transaction. */
export function createRoomJoiner({ eventLog, invites }: Deps) {
  return async function joinRoom(user: User, token: string): Promise<{ roomId: string; role: Role }> {
    const { roomId, invite } = await invites.find(token);
    // Most are refused here, without a try at the log that would hold up those who write to the room.
    if (isUsedUp(invite) && (await eventLog.roleOf(roomId, user.id)) === undefined) throw gone();
    const args = { name: user.name, role: invite.role, invitedAt: invite.createdAt };
    await eventLog.handle({
      roomId,
      actor: { type: 'user', id: user.id },
      command: { name: 'member.join', args },
      alongside: () => invites.use(invite.id),
    });
    const role = await eventLog.roleOf(roomId, user.id);
    if (role === undefined) throw new KibitzError('conflict', 'You were removed from this room just now.');
    return { roomId, role };
  };
}

export type JoinRoom = ReturnType<typeof createRoomJoiner>;
