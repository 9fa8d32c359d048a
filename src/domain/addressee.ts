import type { Call } from './addressee/calls.ts';
import type { Candidate } from './addressee/partner.ts';
import { type Asking, structureInRoom } from './addressee/room-conversation.ts';
import type { Structure } from './addressee/structure.ts';
import type { Addressee } from './event.ts';
import type { RoomBot, RoomState } from './room-state.ts';

/**
 * Whom a message is for, as far as its structure tells. Where it does not, `isUnsure` is set: a classifier may say more,
 * and the addressee is the host, for when it does not.
 */
export type Verdict = Addressee & { isUnsure: boolean };

/** Chances from which on a partner is taken for the addressee. */
const likely = 0.6;
const nearlySure = 0.85;

/**
 * The ladder, cheapest first: who is replied to or called, the only bot, the author's last partner. `botId` is null when
 * nobody should answer: people talk to each other, there is no bot, or the room's bots only answer when they are named.
 */
export function addresseeOf(message: Asking, state: RoomState): Verdict {
  const { bots } = state;
  const [firstBot] = bots;
  if (firstBot === undefined) return nobody('fallback', 'there is no bot in the room');
  const host = bots.find(({ role }) => role === 'host') ?? firstBot;
  const verdict = climb(message, state, host);
  if (verdict.botId !== null || state.room.settings.reply !== 'always') return verdict;
  return sure(
    host,
    bots.length === 1 ? 'only' : 'fallback',
    'low',
    `somebody always answers here: ${host.name}`,
  );
}

function climb(message: Asking, state: RoomState, host: RoomBot): Verdict {
  const { bots, members, room } = state;
  const people = members.filter(({ role }) => role !== 'spectator');
  const botOf = (id: string | undefined) => bots.find(({ botId }) => botId === id);
  const nameOf = (id: string) => people.find(({ userId }) => userId === id)?.name ?? 'somebody';

  const isAlone = bots.length === 1 && people.length <= 1;
  const structure = structureInRoom(message, state, !isAlone && room.settings.reply !== 'mention');
  const { replied, called, named, partners } = structure;
  const repliedBot = botOf(replied);
  if (repliedBot) return sure(repliedBot, 'reply', 'high', `it replies to ${repliedBot.name}`);
  for (const call of called) {
    const bot = botOf(call.id);
    if (bot) return calledBot(bot, call);
  }
  if (room.settings.reply === 'mention') return nobody('fallback', 'bots answer here when they are named');
  if (isAlone) return sure(host, 'only', 'high', `${host.name} is the only bot`);
  if (replied !== undefined) return nobody('reply', `it replies to ${nameOf(replied)}`);
  const [call] = called;
  if (call) return nobody(call.how === 'mention' ? 'mention' : 'name', `it calls on ${nameOf(call.id)}`);

  const partner = likelyPartner(structure);
  const isAboutBots = named.some(({ id }) => botOf(id) !== undefined);
  const partnerBot = botOf(partner?.id);
  if (partner?.id !== undefined && partnerBot === undefined && !isAboutBots) {
    return nobody(
      'partner',
      `${nameOf(partner.id)} and ${message.author.name} are talking to each other`,
      partner,
    );
  }
  if (bots.length === 1) return sure(host, 'only', 'high', `${host.name} is the only bot`);
  if (
    partner !== undefined &&
    partnerBot !== undefined &&
    !named.some(({ id }) => id !== partnerBot.botId && botOf(id))
  ) {
    const reason = `${message.author.name} was talking to ${partnerBot.name}`;
    return sure(partnerBot, 'partner', confidenceOf(partner), reason);
  }
  const reason = partners.length === 0 ? 'nobody is called' : 'nobody is called, and no exchange goes on';
  return { ...sure(host, 'fallback', 'low', `${reason}; ${host.name} is the host`), isUnsure: true };
}

/** The one who the author most likely speaks to by what went before, if the two did speak to each other by name or reply. */
function likelyPartner({ partners }: Structure): Candidate | undefined {
  const [best] = partners;
  if (best?.id === undefined || best.chance < likely) return undefined;
  const { toAuthorExplicit = 0, fromAuthorExplicit = 0 } = best.features;
  return toAuthorExplicit + fromAuthorExplicit > 0 ? best : undefined;
}

function calledBot(bot: RoomBot, { how }: Call): Verdict {
  if (how === 'mention') return sure(bot, 'mention', 'high', `it mentions ${bot.name}`);
  const isTypo = how === 'typo';
  return sure(
    bot,
    'name',
    isTypo ? 'medium' : 'high',
    `it ${isTypo ? 'seems to call' : 'calls'} on ${bot.name}`,
  );
}

const confidenceOf = ({ chance }: Candidate) => (chance >= nearlySure ? 'high' : 'medium');

function sure(
  bot: RoomBot,
  by: Addressee['by'],
  confidence: Addressee['confidence'],
  reason: string,
): Verdict {
  return { botId: bot.botId, by, confidence, reason, isUnsure: false };
}

function nobody(by: Addressee['by'], reason: string, partner?: Candidate): Verdict {
  const confidence = partner === undefined ? 'high' : confidenceOf(partner);
  return { botId: null, by, confidence, reason, isUnsure: false };
}
