import type { Presence } from '../protocol/server-events.ts';
import type { RoomPresence } from './peers.ts';
import type { Viewer } from './tabs.ts';

export function presenceOf(roomId: string, viewers: readonly Viewer[]): RoomPresence {
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
  return { roomId, people: [...people.values()], spectators: [...spectators] };
}

/** The presence of a room over all processes, as tabs are told: spectators stay nameless, as a number. */
export function mergedPresence(roomId: string, parts: readonly RoomPresence[]): Presence {
  const people = new Map<string, Presence['people'][number]>();
  for (const person of parts.flatMap((part) => part.people)) {
    const known = people.get(person.userId);
    people.set(person.userId, { ...person, tabs: person.tabs + (known?.tabs ?? 0) });
  }
  const spectators = new Set(parts.flatMap((part) => part.spectators));
  // In the same order everywhere, whichever process tells it.
  const inOrder = [...people.values()].sort((a, b) => (a.userId < b.userId ? -1 : 1));
  return { roomId, people: inOrder, spectators: spectators.size };
}
