import type { TimelineMessage } from '../domain/room-state.ts';
import { timelineUpTo } from './timeline.ts';
import type { TurnContext } from './turn-context.ts';

/**
 * The message that was answered and what its turn has said up to some words, and all the timeline up to there. What others
 * said in between is no part of it: it can leave without these words. Undefined when the words are not there any more.
 */
export async function exchangeOf(
  context: Pick<TurnContext, 'eventLog' | 'roomId'>,
  messageId: string,
): Promise<{ timeline: TimelineMessage[]; exchange: TimelineMessage[] } | undefined> {
  const timeline = await timelineUpTo(context, messageId);
  const words = timeline.at(-1);
  if (words === undefined) return undefined;
  const { cause } = words;
  const exchange = timeline.filter(
    (message) =>
      message === words || (cause !== undefined && [message.messageId, message.cause].includes(cause)),
  );
  return { timeline, exchange };
}
