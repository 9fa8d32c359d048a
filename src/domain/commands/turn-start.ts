import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import { defineCommand, system } from '../command.ts';
import { addresseeSchema } from '../event.ts';

/** Begins a queued turn with the decision of who answers. At most one turn of a room runs. */
export const turnStart = defineCommand({
  args: z.object({ turnId: z.string(), addressee: addresseeSchema }),
  decide({ turnId, addressee }, state) {
    const turn = state.turns.find((candidate) => candidate.turnId === turnId);
    if (turn?.status !== 'queued') throw new KibitzError('conflict', 'This turn is not waiting any more.');
    if (state.turns.some((candidate) => candidate.status === 'running')) {
      throw new KibitzError('conflict', 'Another turn of this room is running.');
    }
    return { events: [{ kind: 'turn.started', actor: system, turnId, data: { addressee } }], result: {} };
  },
});
