import type { RoomState } from '../domain/room-state.ts';
import type { TurnLock } from '../eventlog/turn-lock.ts';
import type { Draft } from '../protocol/room-join.ts';
import type { DraftStore } from './draft-store.ts';

type Deps = { store: DraftStore; checkpointOf: TurnLock['checkpointOf'] };

/**
 * The draft of a reply that another process writes, as far as it has come: what is kept on every beat or, where that cannot
 * be had, what the turn's holder wrote down with its lease.
 */
export function draftsElsewhere({ store, checkpointOf }: Deps) {
  return async function draftsIn({ room, turns, messages }: RoomState): Promise<Draft[]> {
    const turnId = turns.find(({ status }) => status === 'running')?.turnId;
    if (turnId === undefined) return [];
    const draft = (await store.read(turnId).catch(() => undefined)) ?? (await writtenDown(room.id, turnId));
    const isSaid = messages.some(({ messageId }) => messageId === draft?.messageId);
    return draft === undefined || isSaid ? [] : [draft];
  };

  async function writtenDown(roomId: string, turnId: string): Promise<Draft | undefined> {
    const { messageId, author, text, sources } = (await checkpointOf(roomId, turnId))?.message ?? {};
    if (messageId === undefined || author === undefined || text === undefined) return undefined;
    return {
      turnId,
      messageId,
      botId: author.id,
      gen: 0,
      text,
      ...(sources === undefined ? {} : { sources }),
    };
  }
}
