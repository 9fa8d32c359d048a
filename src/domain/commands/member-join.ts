import { z } from 'zod';
import { defineCommand } from '../command.ts';
import { atLeast, grantableRoleSchema } from '../roles.ts';
import { findMember } from '../room-state.ts';

/** Lets the acting user in with the role of an invite, or raises the role of one who is in. No invite lowers a role. */
export const memberJoin = defineCommand({
  args: z.object({ name: z.string(), role: grantableRoleSchema }),
  decide({ name, role }, state, { actor }) {
    const member = findMember(state, actor.id);
    if (member === undefined) {
      const data = { userId: actor.id, name, role };
      return { events: [{ kind: 'member.joined', actor, data }], result: { role } };
    }
    if (atLeast(member.role, role)) return { events: [], result: { role: member.role } };
    return {
      events: [{ kind: 'member.changed', actor, data: { ...member, role, reason: 'invited' } }],
      result: { role },
    };
  },
});
