import type { z } from 'zod';
import { initialState, type RoomState, roomStateSchema } from '../domain/room-state.ts';

/** A room as it stands at `head`: what a tab starts from. */
export const snapshotSchema = roomStateSchema.omit({
  seq: true,
  removed: true,
  goneFacts: true,
  refusedFacts: true,
  touchedBots: true,
});
export type Snapshot = z.infer<typeof snapshotSchema>;

export function snapshotOf({
  seq: _seq,
  removed: _removed,
  goneFacts: _goneFacts,
  refusedFacts: _refusedFacts,
  touchedBots: _touchedBots,
  ...snapshot
}: RoomState): Snapshot {
  return snapshot;
}

/** The state that a tab goes on folding from. */
export function stateOf(snapshot: Snapshot, head: number): RoomState {
  return { ...initialState(snapshot.room.id), ...snapshot, seq: head };
}
