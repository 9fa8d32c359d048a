import { voiceInstruction, voiceTemperature } from '../../domain/voice.ts';
import { composePrompt } from '../prompt.ts';
import { recollect } from '../recollect.ts';
import { shortenTo } from '../shorten.ts';
import { sceneFor, timelineFor } from '../timeline.ts';
import { toldKnowledge } from '../told-knowledge.ts';
import { toldRecollection } from '../told-recollection.ts';
import { toldSources } from '../told-sources.ts';
import type { Stage, TurnContext } from '../turn-context.ts';

/** The share of the soft budget that a voice may take. */
const voiceShare = 1 / 5;

/** Puts the prompt together from what stands on the timeline. */
export const compose: Stage = {
  name: 'compose',
  async run(context) {
    const { bot, eventLog, roomId, budget } = context;
    if (bot === undefined) return 'quiet';
    const state = await eventLog.stateOf(roomId);
    const timeline = await timelineFor(context);
    // A reply with nothing to answer would answer itself; what began the conversation begins it anew.
    if (timeline.length === 0 && !(await isGreeting(context))) return 'quiet';
    const recollection = await recollect(context, bot.id, state, timeline);
    const voice = voiceInstruction(bot.name, bot.voice, state.room.settings.voiceWeight);
    const background = [
      ...(voice === '' ? [] : [shortenTo(voice, Math.floor(budget.soft * voiceShare))]),
      ...toldRecollection(recollection, budget.soft),
      ...toldKnowledge(state, timeline, budget.soft),
      ...toldSources(context.offered, budget.soft),
    ];
    const situation = { ...state, scene: await sceneFor(context, state) };
    context.temperature = bot.voice && voiceTemperature(state.room.settings.voiceWeight);
    context.prompt = composePrompt(bot, situation, timeline, budget, background);
    return undefined;
  },
};

async function isGreeting({ eventLog, roomId, turn }: TurnContext): Promise<boolean> {
  if (!('regenerate' in turn.trigger)) return false;
  const old = await eventLog.findMessage(roomId, turn.trigger.regenerate);
  return old !== undefined && old.cause === undefined;
}
