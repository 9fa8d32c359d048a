import { z } from 'zod';
import type { Bot } from '../../domain/bot.ts';
import {
  type Eagerness,
  interjectors,
  roomForInterjections,
  silentBots,
  usualTalkativeness,
} from '../../domain/interjection.ts';
import { withNames } from '../../domain/macros.ts';
import type { RoomState, TimelineMessage } from '../../domain/room-state.ts';
import { finishTurn, say } from '../finish-turn.ts';
import { meterOf } from '../meter.ts';
import { partnerIn, peopleIn } from '../partner.ts';
import { timelineUpTo } from '../timeline.ts';
import { type Stage, TurnAbort, type TurnContext } from '../turn-context.ts';
import { compose } from './compose.ts';
import { settleWords } from './settle.ts';
import { speak } from './speak.ts';

/** Milliseconds for asking who wants to put in a word; nobody, past that. */
const deadline = 6_000;

const wishes = z.object({
  speakers: z.array(z.object({ botId: z.string(), eagerness: z.number().min(0).max(1), reason: z.string() })),
});

/**
 * Lets bots that were only listening put in a word on the reply: one call asks for all of them, then each speaks by the
 * same stages. An interjection that fails is left out; the reply stands. Ends the turn.
 */
export const interject: Stage = {
  name: 'interject',
  async run(context) {
    let on = context.said;
    // An interjection that was written anew by itself is no occasion for another.
    if (on !== undefined && !(await isInterjection(context, on))) {
      for (const bot of await speakersFor(context, on)) {
        if (!(await speakAs(bot, on, context))) break;
        on = context.said ?? on;
      }
    }
    delete context.reply;
    await finishTurn(context, 'completed');
    return undefined;
  },
};

async function isInterjection({ eventLog, roomId }: TurnContext, messageId: string): Promise<boolean> {
  return (await eventLog.findMessage(roomId, messageId))?.interjectionOf !== undefined;
}

/** One interjection; false when it came to nothing. */
async function speakAs(bot: Bot, on: string, context: TurnContext): Promise<boolean> {
  const { turn, live, signal } = context;
  live.end(turn.turnId);
  Object.assign(context, { bot, interjectionOf: on });
  delete context.reply;
  try {
    if ((await compose.run(context)) !== undefined) return false;
    if ((await speak.run(context)) !== undefined) return false;
    await say(context);
    if (context.said !== undefined) await settleWords(context, context.said);
    return true;
  } catch (reason) {
    // Stopped or lost: what there is of it is for the turn to keep.
    if (signal.aborted || reason instanceof TurnAbort) throw reason;
    context.log.warn({ err: reason, roomId: context.roomId, turnId: turn.turnId }, 'an interjection failed');
    delete context.reply;
    return false;
  }
}

/** The bots that put in a word on the message `on`, in their order. */
async function speakersFor(context: TurnContext, on: string): Promise<Bot[]> {
  const { eventLog, roomId, model, signal, findBot } = context;
  const state = await eventLog.stateOf(roomId);
  const timeline = await timelineUpTo(context, on);
  const author = timeline.at(-1)?.author;
  const most = roomForInterjections(state, timeline);
  if (author === undefined || most === 0) return [];
  const profiles = await Promise.all(silentBots(state, author.id).map(({ botId }) => findBot(botId)));
  const silent = profiles.filter((bot) => bot !== undefined);
  if (silent.length === 0) return [];
  const { value } = await model.structured(
    {
      task: 'interjection',
      meter: meterOf(context, 'interject-question'),
      messages: question(silent, state, timeline),
      schema: wishes,
      deadline,
      fallback: { speakers: [] },
      ...(context.classifierModel === undefined ? {} : { model: context.classifierModel }),
    },
    signal,
  );
  const offered = value.speakers.filter(({ botId }) => silent.some(({ id }) => id === botId));
  const chosen: Eagerness[] = interjectors(
    offered,
    (botId) => silent.find(({ id }) => id === botId)?.talkativeness ?? usualTalkativeness,
    most,
  );
  return chosen.flatMap(({ botId }) => silent.filter(({ id }) => id === botId));
}

function question(
  silent: readonly Bot[],
  { members }: Pick<RoomState, 'members'>,
  timeline: readonly TimelineMessage[],
) {
  const user = partnerIn(timeline, peopleIn(members));
  const offered = silent.map(({ id, name, persona }) => {
    const told = withNames(persona, { char: name, user }).slice(0, 300).toWellFormed();
    return `- ${id}: ${name} — ${told.replace(/\s+/g, ' ')}`;
  });
  return [
    {
      role: 'system' as const,
      content: [
        'Some participants of this chat were only listening. For each, judge how much they would want to put in a short',
        'word now: because they were named, contradicted, or know something that matters. Most replies need none.',
        'Answer with an eagerness from 0 to 1 for each id, and why in a few words.',
        ...offered,
      ].join('\n'),
    },
    ...timeline.slice(-8).map(({ author, text }) => ({
      role: 'user' as const,
      content: `${author.name}: ${text.slice(0, 1_500)}`,
    })),
  ];
}
