import { KibitzError } from '../../lib/errors.ts';
import { defineCommand } from '../command.ts';
import { openingEvents, openingSchema } from '../opening.ts';

/** Opens a room's log: what it is, its owner, and its bots, the first of which is the host. */
export const roomCreate = defineCommand({
  args: openingSchema,
  decide(opening, state, { actor }) {
    if (state.seq > 0) throw new KibitzError('conflict', 'This room exists already.');
    return { events: openingEvents(actor, opening), result: {} };
  },
});
