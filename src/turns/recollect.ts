import { edgeValue } from '../domain/edge-ledger.ts';
import { recall } from '../domain/recall.ts';
import type { EdgeValue } from '../domain/relationships.ts';
import type { RoomState, TimelineMessage } from '../domain/room-state.ts';
import type { EventLog } from '../eventlog/event-log.ts';

/** Memories and changes that one prompt may draw on. */
const reach = 1_000;
/** The latest messages, which tell what is being spoken of. */
const spokenOf = 4;

/** What a bot brings into a conversation: its memories, the ones most worth telling first, and how it sees who is there. */
export type Recollection = {
  memories: readonly string[];
  relations: readonly ({ name: string } & EdgeValue)[];
};

export const noRecollection: Recollection = { memories: [], relations: [] };

/**
 * What a bot remembers and feels at the end of a timeline: what follows from that, and from nothing that comes after it or
 * is being written anew.
 */
export async function recollect(
  { eventLog, roomId }: { eventLog: Pick<EventLog, 'memoriesOf' | 'relationsOf'>; roomId: string },
  botId: string,
  { room, bots, members }: RoomState,
  timeline: readonly TimelineMessage[],
): Promise<Recollection> {
  if (!room.settings.relationships || timeline.length === 0) return noRecollection;
  const upTo = Math.max(...timeline.map(({ seq }) => seq));
  const begin = Math.min(...timeline.map(({ seq }) => seq));
  const heard = new Set(timeline.map(({ messageId }) => messageId));
  const holds = ({ cause, place }: { cause: string; place: { seq: number } }) =>
    place.seq < begin || heard.has(cause);

  const memories = await eventLog.memoriesOf(roomId, botId, upTo, reach);
  const latest = timeline.slice(-spokenOf).map(({ text }) => text);
  const { sums, changes } = await eventLog.relationsOf(roomId, botId, upTo, reach);
  const names = new Map([
    ...bots.map(({ botId, name }) => [botId, name] as const),
    ...members.map(({ userId, name }) => [userId, name] as const),
  ]);
  const relations = [...sums].flatMap(([to, sum]) => {
    const name = names.get(to);
    const own = changes.filter((change) => change.to === to);
    const standing = own.filter(holds);
    if (name === undefined || standing.length === 0) return [];
    const total = own
      .filter((change) => !holds(change))
      .reduce(
        ({ affinity, trust }, { delta }) => ({
          affinity: affinity - delta.affinity,
          trust: trust - delta.trust,
        }),
        sum,
      );
    return [{ name, ...edgeValue(total, standing) }];
  });
  return {
    memories: recall(memories.filter(holds), latest).map(({ memory }) => memory.text),
    relations,
  };
}
