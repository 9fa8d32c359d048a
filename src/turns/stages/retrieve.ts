import { system } from '../../domain/command.ts';
import { numbered } from '../../domain/offered-source.ts';
import { libraryQuery } from '../library-query.ts';
import { timelineFor } from '../timeline.ts';
import type { Stage } from '../turn-context.ts';

/** Looks up what the room's library has on the message, before anything is written. */
export const retrieve: Stage = {
  name: 'retrieve',
  async run(context) {
    const { eventLog, roomId, turn, findPassages } = context;
    const state = await eventLog.stateOf(roomId);
    if (state.sources.length === 0) return undefined;
    const query = await libraryQuery(context, await timelineFor(context));
    const asker = turn.by === system.id ? undefined : turn.by;
    const { tier, passages } = await findPassages(roomId, query, asker);
    context.offered = { tier, sources: numbered(state.numbering, passages) };
    return undefined;
  },
};
