import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand } from '../command.ts';
import { mayManage, requireMember } from '../permissions.ts';
import { findMember, identityOf } from '../room-state.ts';
import { idSchema } from '../text.ts';

/** Ends a membership: a moderator removes somebody, or anybody but the owner leaves. */
export const memberRemove = defineCommand({
  args: z.object({ userId: idSchema }),
  decide({ userId }, state, { actor }) {
    const member = requireMember(state, actor);
    const other = findMember(state, userId);
    const leaves = userId === actor.id;
    if (other?.role === 'owner' && leaves) {
      throw new KibitzError('conflict', 'The owner of a room cannot leave it.');
    }
    if (!leaves && member.role !== 'owner' && member.role !== 'moderator') {
      throw new KibitzError('forbidden', 'Only a moderator or the owner may remove somebody.');
    }
    if (other === undefined) throw new KibitzError('not_found', 'There is no such person in this room.');
    if (!leaves && !mayManage(member, other)) {
      throw new KibitzError('forbidden', `You may not remove ${other.name}.`);
    }
    const data = { ...identityOf(other), reason: leaves ? 'left' : 'removed' };
    return { events: [{ kind: 'member.left', actor, data }], result: { userId } };
  },
});
