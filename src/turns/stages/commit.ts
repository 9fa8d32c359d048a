import { roomForInterjections, silentBots } from '../../domain/interjection.ts';
import { finishTurn, say } from '../finish-turn.ts';
import { timelineFor } from '../timeline.ts';
import type { Stage, TurnContext } from '../turn-context.ts';

/** Puts the reply into the log. Where nothing is to follow from it and nobody is left to put in a word, the same append ends the turn. */
export const commit: Stage = {
  name: 'commit',
  async run(context) {
    if ((await isSettled(context)) || (await mayBeInterjected(context))) {
      await say(context);
      return undefined;
    }
    await finishTurn(context, 'completed');
    return 'ended';
  },
};

async function isSettled({ eventLog, roomId }: TurnContext): Promise<boolean> {
  return (await eventLog.stateOf(roomId)).room.settings.relationships;
}

async function mayBeInterjected(context: TurnContext): Promise<boolean> {
  const { eventLog, roomId, turn, bot } = context;
  const state = await eventLog.stateOf(roomId);
  if (bot === undefined || silentBots(state, bot.id).length === 0) return false;
  if ('regenerate' in turn.trigger) {
    // An interjection that is written anew by itself is no occasion for another; neither is what answers nobody.
    const old = await eventLog.findMessage(roomId, turn.trigger.regenerate);
    if (old?.interjectionOf !== undefined || old?.cause === undefined) return false;
  }
  return state.room.settings.interjections > 0 && roomForInterjections(state, await timelineFor(context)) > 0;
}
