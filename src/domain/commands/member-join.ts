import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand } from '../command.ts';
import { atLeast, grantableRoleSchema } from '../roles.ts';
import { findMember, identityOf } from '../room-state.ts';

/**
 * Lets the acting user in with the role of an invite, or raises the role of one who is in. No invite lowers
 * a role; one made before its user was removed (`invitedAt`) does not bring them back.
 */
export const memberJoin = defineCommand({
  args: z.object({ name: z.string(), role: grantableRoleSchema, invitedAt: z.string() }),
  decide({ name, role, invitedAt }, state, { actor }) {
    if (state.seq === 0) throw new KibitzError('not_found', 'There is no such room.');
    const member = findMember(state, actor.id);
    if (member === undefined) {
      const removal = state.removed.find(({ userId }) => userId === actor.id);
      if (removal !== undefined && invitedAt <= removal.at) {
        throw new KibitzError(
          'forbidden',
          'You were removed from this room. Ask for a new link to come back.',
        );
      }
      const data = { userId: actor.id, name, role };
      return { events: [{ kind: 'member.joined', actor, data }], result: { role } };
    }
    if (atLeast(member.role, role)) return { events: [], result: { role: member.role } };
    return {
      events: [{ kind: 'member.changed', actor, data: { ...identityOf(member), role, reason: 'invited' } }],
      result: { role },
    };
  },
});
