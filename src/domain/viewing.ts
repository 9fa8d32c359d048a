import { system } from './command.ts';
import type { CarriedEvent, LoggedEvent } from './event.ts';
import type { Role } from './roles.ts';
import { findMember, type RoomState } from './room-state.ts';
import type { Settings } from './settings.ts';

/** Whether somebody in a role is shown what bots remember and how those in the room see each other. */
export function seesFeelings(role: Role, { spectatorsSeeState }: Settings): boolean {
  return role !== 'spectator' || spectatorsSeeState;
}

/** Whether an event tells of memories or relationships. */
export function tellsFeelings({ kind }: LoggedEvent): boolean {
  return kind.startsWith('memory.') || kind.startsWith('edge.');
}

/** An event as those get it who are not to know what it says: its place in the sequence, and nothing else. */
export function concealed({ roomId, seq, at }: LoggedEvent): CarriedEvent {
  return { roomId, seq, at, kind: 'hidden', actor: system, data: {} };
}

/** How a member of a room is shown its events; what they may not see keeps its place. */
export function viewFor(state: RoomState, userId: string): (event: LoggedEvent) => LoggedEvent {
  const role = findMember(state, userId)?.role ?? 'spectator';
  if (seesFeelings(role, state.room.settings)) return (event) => event;
  return (event) => (tellsFeelings(event) ? concealed(event) : event);
}

/** A room as a member is shown it. */
export function stateFor(state: RoomState, userId: string): RoomState {
  const role = findMember(state, userId)?.role ?? 'spectator';
  return seesFeelings(role, state.room.settings) ? state : { ...state, edges: [], memories: [] };
}
