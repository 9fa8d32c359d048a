import type { Edge } from '../../../src/domain/relationships.ts';
import type { Member, RoomBot, TimelineMessage } from '../../../src/domain/room-state.ts';

/** Somebody who may feel something about others, or others about them. */
export type Figure = { id: string; name: string; isBot: boolean };

/** Of a crowd only those are shown whom a relationship joins. */
const crowd = 10;

/**
 * Bots and people in the order in which they came, the host first. Who watches is not among them, unless something is
 * felt about them; neither is, in a crowd, who has no relationship to anybody. Who has left is named as on the timeline.
 */
export function castOf(
  bots: readonly RoomBot[],
  members: readonly Member[],
  edges: readonly Edge[],
  timeline: readonly TimelineMessage[],
): Figure[] {
  const joined = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const hosts = bots.filter(({ role }) => role === 'host');
  const guests = bots.filter(({ role }) => role !== 'host');
  const figures = [
    ...[...hosts, ...guests].map(({ botId, name }) => ({ id: botId, name, isBot: true })),
    ...members
      .filter(({ userId, role }) => role !== 'spectator' || joined.has(userId))
      .map(({ userId, name }) => ({ id: userId, name, isBot: false })),
  ];
  const known = new Set(figures.map(({ id }) => id));
  const gone = [...joined].filter((id) => !known.has(id)).toSorted();
  const all = [...figures, ...gone.map((id) => goneFigure(id, timeline))];
  return all.length <= crowd ? all : all.filter(({ id }) => joined.has(id));
}

function goneFigure(id: string, timeline: readonly TimelineMessage[]): Figure {
  const author = timeline.findLast((message) => message.author.id === id)?.author;
  return { id, name: author?.name ?? 'Somebody who left', isBot: author?.type === 'bot' };
}

/** Relationships in the order of those who have them, and for each of those about whom. */
export function edgesInOrder(cast: readonly Figure[], edges: readonly Edge[]): Edge[] {
  const rank = new Map(cast.map(({ id }, index) => [id, index]));
  const rankOf = (id: string) => rank.get(id) ?? cast.length;
  return edges.toSorted((a, b) => rankOf(a.from) - rankOf(b.from) || rankOf(a.to) - rankOf(b.to));
}
