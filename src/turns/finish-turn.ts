import type { Bot } from '../domain/bot.ts';
import { system } from '../domain/command.ts';
import type { MessageData, Outcome } from '../domain/event.ts';
import type { Reply, TurnContext } from './turn-context.ts';

/** Ends a running turn, with what was said and, for people, why it failed. */
export async function finishTurn(context: TurnContext, outcome: Outcome, error?: string): Promise<void> {
  const { eventLog, roomId, turn, lease, bot, reply } = context;
  const args = {
    turnId: turn.turnId,
    outcome,
    ...(error === undefined ? {} : { error }),
    ...(reply?.end === undefined ? {} : { usage: reply.end.usage }),
    ...(bot === undefined || reply === undefined ? {} : { reply: messageOf(bot, reply) }),
  };
  await eventLog.handle({
    roomId,
    command: { name: 'turn.finish', args },
    actor: system,
    turnEpoch: lease.epoch,
  });
}

/** A reply as a message; `truncated` unless the model said that it was done. */
export function messageOf(bot: Bot, { messageId, text, end }: Reply): MessageData {
  return {
    messageId,
    author: { type: 'bot', id: bot.id, name: bot.name },
    text,
    truncated: end?.finish !== 'stop',
    ...(end === undefined ? {} : { model: end.model, fallback: end.fallback }),
  };
}
