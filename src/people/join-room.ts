import type { Role } from '../domain/roles.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import { KibitzError } from '../lib/errors.ts';
import type { User } from '../protocol/session.ts';
import type { Invites } from './invites.ts';

type Deps = { eventLog: EventLog; invites: Invites };

/** Lets people in by invite. Entering and counting the use are one transaction. */
export function createRoomJoiner({ eventLog, invites }: Deps) {
  return async function joinRoom(user: User, token: string): Promise<{ roomId: string; role: Role }> {
    const { roomId, invite } = await invites.find(token);
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
