import type { RoomBot } from './room-state.ts';

/** Bots in the order in which a new room takes them: the first is the host. */
export function hostFirst<Bot extends Pick<RoomBot, 'role'>>(bots: readonly Bot[]): Bot[] {
  return bots.toSorted((a, b) => Number(b.role === 'host') - Number(a.role === 'host'));
}
