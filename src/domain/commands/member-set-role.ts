import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand } from '../command.ts';
import { mayManage, requireRole } from '../permissions.ts';
import { atLeast, grantableRoleSchema } from '../roles.ts';
import { findMember, identityOf } from '../room-state.ts';
import { idSchema } from '../text.ts';

/** Changes what a member may do, up to the caller's own role. */
export const memberSetRole = defineCommand({
  args: z.object({ userId: idSchema, role: grantableRoleSchema }),
  decide({ userId, role }, state, { actor }) {
    const member = requireRole(state, actor, 'moderator');
    const other = findMember(state, userId);
    if (other === undefined) throw new KibitzError('not_found', 'There is no such person in this room.');
    if (!mayManage(member, other) || !atLeast(member.role, role)) {
      throw new KibitzError('forbidden', `You may not change the role of ${other.name}.`);
    }
    if (other.role === role) return { events: [], result: { role } };
    return {
      events: [{ kind: 'member.changed', actor, data: { ...identityOf(other), role } }],
      result: { role },
    };
  },
});
