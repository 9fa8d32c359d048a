import type { Addressee } from './event.ts';
import type { RoomBot, RoomState, TimelineMessage } from './room-state.ts';
import { findPlace } from './room-state.ts';

const escapeForRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Where `text` calls on `name`: `@name` anywhere, or `name:` or `name,` at its start; case does not matter. */
function findCall(text: string, name: string): number | undefined {
  const escaped = escapeForRegExp(name);
  const called = new RegExp(
    `(?<![\\p{L}\\p{N}_@])@${escaped}(?![\\p{L}\\p{N}_])|^\\s*${escaped}\\s*[:,]`,
    'iu',
  );
  return called.exec(text)?.index;
}

/** The bot that `text` calls on first; where one name begins with another, the longer one is meant. */
function calledBot(text: string, bots: readonly RoomBot[]): RoomBot | undefined {
  const calls = bots.flatMap((bot) => {
    const index = findCall(text, bot.name);
    return index === undefined ? [] : [{ bot, index }];
  });
  calls.sort((a, b) => a.index - b.index || b.bot.name.length - a.bot.name.length);
  return calls[0]?.bot;
}

function addressed(bot: RoomBot, by: Addressee['by'], reason: string): Addressee {
  return { botId: bot.botId, by, confidence: 'high', reason };
}

/**
 * Which bot a message is for, by its structure alone. `botId` is null when nobody should answer: there is no bot, or
 * the room's bots only answer when they are named.
 */
export function addresseeOf(message: Pick<TimelineMessage, 'text' | 'replyTo'>, state: RoomState): Addressee {
  const { bots } = state;
  const repliedTo = message.replyTo === undefined ? undefined : findPlace(state, message.replyTo);
  const byReply = bots.find((bot) => bot.botId === repliedTo?.author.id);
  if (byReply) return addressed(byReply, 'reply', `it replies to ${byReply.name}`);
  const byMention = calledBot(message.text, bots);
  if (byMention) return addressed(byMention, 'mention', `it calls on ${byMention.name}`);
  const [only, ...others] = bots;
  if (only === undefined) return nobody('there is no bot in the room');
  if (state.room.settings.reply === 'mention') return nobody('bots answer here when they are named');
  if (others.length === 0) return addressed(only, 'only', `${only.name} is the only bot`);
  const host = bots.find((bot) => bot.role === 'host') ?? only;
  return {
    botId: host.botId,
    by: 'fallback',
    confidence: 'low',
    reason: `no bot was named, ${host.name} is the host`,
  };
}

function nobody(reason: string): Addressee {
  return { botId: null, by: 'fallback', confidence: 'high', reason };
}
