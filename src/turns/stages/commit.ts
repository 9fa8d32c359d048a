import { finishTurn } from '../finish-turn.ts';
import type { Stage } from '../turn-context.ts';

/** Puts the reply into the log and ends the turn, in one append. */
export const commit: Stage = {
  name: 'commit',
  async run(context) {
    await finishTurn(context, 'completed');
    return undefined;
  },
};
