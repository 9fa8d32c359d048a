import type { RoomBot, RoomState, TimelineMessage } from './room-state.ts';

/** Bot messages that may follow one another before a person has to speak again. */
const mostInARow = 4;

/** How much a silent bot wants to put in a word, 0–1, as a model judged it. */
export type Eagerness = { botId: string; eagerness: number; reason: string };

/** How readily a bot speaks unasked when its profile does not say. */
export const usualTalkativeness = 0.5;

/** A bot whose eagerness and talkativeness come to less than this together stays silent. */
const threshold = 1.1;

/** Bot messages at the end of a timeline, since a person last spoke; all of them count, whoever spoke. */
export function botMessagesInARow(timeline: readonly TimelineMessage[]): number {
  const lastPerson = timeline.findLastIndex(({ author }) => author.type === 'user');
  return timeline.length - 1 - lastPerson;
}

/** How many interjections a reply may still get, given the timeline that ends with it. */
export function roomForInterjections(state: RoomState, timeline: readonly TimelineMessage[]): number {
  const { interjections } = state.room.settings;
  return Math.max(0, Math.min(interjections, mostInARow - botMessagesInARow(timeline)));
}

/** The bots that were only listening. */
export function silentBots(state: RoomState, speakerId: string): RoomBot[] {
  return state.bots.filter(({ botId }) => botId !== speakerId);
}

/** Who of those asked puts in a word: the keenest first; a bot's talkativeness is its prior. */
export function interjectors(
  wishes: readonly Eagerness[],
  talkativenessOf: (botId: string) => number,
  most: number,
): Eagerness[] {
  const drive = ({ botId, eagerness }: Eagerness) => eagerness + talkativenessOf(botId);
  const unique = [...new Map(wishes.map((wish) => [wish.botId, wish])).values()];
  return unique
    .filter((wish) => wish.eagerness > 0 && talkativenessOf(wish.botId) > 0 && drive(wish) >= threshold)
    .toSorted((a, b) => drive(b) - drive(a) || (a.botId < b.botId ? -1 : 1))
    .slice(0, most);
}
