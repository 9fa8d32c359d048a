import type { Clock } from '../lib/clock.ts';
import type { Presence } from '../protocol/server-events.ts';
import { eventsOf, type IoServer, type Tabs, type Viewer } from './tabs.ts';

/** Milliseconds that changes are gathered for: a thousand tabs that come back at once are told in a few messages. */
const gather = 100;

/** Who is in a room: people by name with their number of tabs, and spectators, who stay nameless, as a number. */
export function presenceOf(roomId: string, viewers: readonly Viewer[]): Presence {
  const people = new Map<string, Presence['people'][number]>();
  const spectators = new Set<string>();
  for (const { tab, role, name } of viewers) {
    const userId = tab.data.caller.user.id;
    if (role === 'spectator') {
      spectators.add(userId);
      continue;
    }
    const person = people.get(userId);
    people.set(userId, { userId, name, role, tabs: (person?.tabs ?? 0) + 1 });
  }
  return { roomId, people: [...people.values()], spectators: spectators.size };
}

/** Tells the tabs of a room who is there, soon after it changed. */
export function createPresence(io: IoServer, tabs: Tabs, clock: Clock) {
  const changed = new Set<string>();
  return {
    changed(roomId: string): void {
      if (changed.has(roomId)) return;
      changed.add(roomId);
      clock.after(gather, () => {
        changed.delete(roomId);
        io.local.to(eventsOf(roomId)).emit('presence', presenceOf(roomId, tabs.viewersOf(roomId)));
      });
    },
  };
}

export type PresenceTeller = ReturnType<typeof createPresence>;
