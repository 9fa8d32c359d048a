import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand, system } from '../command.ts';
import { requireRole } from '../permissions.ts';
import { idSchema } from '../text.ts';

/**
 * Ends a turn that still waits. One that runs is only recognised (`running`): whoever runs it has to end it, since
 * nobody else has its text.
 */
export const turnStop = defineCommand({
  args: z.object({ turnId: idSchema }),
  decide({ turnId }, state, { actor }) {
    requireRole(state, actor, 'participant');
    const turn = state.turns.find((candidate) => candidate.turnId === turnId);
    if (turn === undefined) throw new KibitzError('not_found', 'This reply is not being written any more.');
    if (turn.status === 'running') return { events: [], result: { turnId, running: true }, isPending: true };
    return {
      events: [{ kind: 'turn.ended', actor: system, turnId, data: { outcome: 'stopped' } }],
      result: { turnId, running: false },
    };
  },
});
