import type { RoomBot, RoomState, TimelineMessage } from './room-state.ts';

/** Of those present, how many an exchange is judged for: every two of them are a pair, in both directions. */
const mostParties = 8;
const mostPeople = 4;
/** A person who has not written within this many messages is not taken for present. */
const lately = 20;

export type Party = { id: string; name: string; type: 'bot' | 'user' };

/**
 * Who was there for an exchange, in a stable order: the host, the other bots, then people. Only those who were in the room
 * before its first message, and of people those who write. `timeline` ends with the exchange; `exchange` is its end.
 */
export function partiesTo(
  state: Pick<RoomState, 'bots' | 'members'>,
  timeline: readonly TimelineMessage[],
  exchange: readonly TimelineMessage[],
): Party[] {
  const begin = exchange[0]?.seq ?? 0;
  const wasThere = ({ since }: { since: number }) => since < begin;
  const speakers = new Set(exchange.map(({ author }) => author.id));
  const writers = timeline.slice(-lately).map(({ author }) => author.id);
  const people = state.members
    .filter(({ userId, role }) => role !== 'spectator' && writers.includes(userId))
    .filter(wasThere)
    .toSorted((a, b) => writers.lastIndexOf(b.userId) - writers.lastIndexOf(a.userId))
    .slice(0, mostPeople);
  const bots = hostFirst(state.bots).filter(wasThere);
  const kept = new Set(
    bots
      .toSorted((a, b) => Number(speakers.has(b.botId)) - Number(speakers.has(a.botId)))
      .slice(0, mostParties - people.length),
  );
  return [
    ...bots
      .filter((bot) => kept.has(bot))
      .map(({ botId, name }): Party => ({ id: botId, name, type: 'bot' })),
    ...state.members
      .filter((member) => people.includes(member))
      .map(({ userId, name }): Party => ({ id: userId, name, type: 'user' })),
  ];
}

function hostFirst(bots: readonly RoomBot[]): RoomBot[] {
  return bots.toSorted((a, b) => Number(b.role === 'host') - Number(a.role === 'host'));
}

/** Every two of them, in both directions. */
export function pairsOf(parties: readonly Party[]): { from: Party; to: Party }[] {
  return parties.flatMap((from) => parties.filter((to) => to !== from).map((to) => ({ from, to })));
}
