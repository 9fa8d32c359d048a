import { composePrompt } from '../prompt.ts';
import { sceneFor, timelineFor } from '../timeline.ts';
import type { Stage } from '../turn-context.ts';

/** Puts the prompt together from what stands on the timeline. */
export const compose: Stage = {
  name: 'compose',
  async run(context) {
    const { bot, eventLog, roomId, budget } = context;
    if (bot === undefined) return 'quiet';
    const state = await eventLog.stateOf(roomId);
    const timeline = await timelineFor(context);
    // A reply with nothing to answer would answer itself.
    if (timeline.length === 0) return 'quiet';
    context.prompt = composePrompt(
      bot,
      { ...state, scene: await sceneFor(context, state) },
      timeline,
      budget,
    );
    return undefined;
  },
};
