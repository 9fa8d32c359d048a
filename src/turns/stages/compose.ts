import type { TimelineMessage } from '../../domain/room-state.ts';
import { composePrompt, inAnsweringOrder } from '../prompt.ts';
import type { Stage, TurnContext } from '../turn-context.ts';

/** Messages that a prompt may draw on; the token budget leaves most of them out. */
const reach = 200;

/** Puts the prompt together from what stands on the timeline. */
export const compose: Stage = {
  name: 'compose',
  async run(context) {
    const { bot, eventLog, roomId, budget } = context;
    if (bot === undefined) return 'quiet';
    const state = await eventLog.stateOf(roomId);
    const timeline = await timelineOf(context);
    // A reply with nothing to answer would answer itself.
    if (timeline.length === 0) return 'quiet';
    context.prompt = composePrompt(bot, state, timeline, budget);
    return undefined;
  },
};

/** What the reply follows: all there is, or, for one that is written anew, what stands before its place. */
async function timelineOf({ eventLog, roomId, turn }: TurnContext): Promise<readonly TimelineMessage[]> {
  if ('messageId' in turn.trigger) {
    return inAnsweringOrder((await eventLog.stateOf(roomId)).messages, turn.trigger.messageId);
  }
  const reply = await eventLog.findMessage(roomId, turn.trigger.regenerate);
  return reply === undefined ? [] : (await eventLog.page(roomId, reply.seq, reach)).messages;
}
