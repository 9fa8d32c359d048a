import type { Clock } from '../lib/clock.ts';
import type { Peers, RoomPresence } from './peers.ts';
import { mergedPresence, presenceOf } from './presence-of.ts';
import { eventsOf, type IoServer, type Tabs } from './tabs.ts';

/** Milliseconds that changes are gathered for: a thousand tabs that come back at once are told in a few messages. */
const gather = 100;
/** Milliseconds between words of life, and without any after which a process and the tabs on it are taken as gone. */
const aliveEvery = 3_000;
const goneAfter = 10_000;

type Deps = { io: IoServer; tabs: Tabs; clock: Clock; peers: Peers; processId: string };
type Other = { heardAt: number; rooms: Map<string, RoomPresence> };

/** Tells the tabs of a room who is there, soon after it changed, whatever process they are connected to. */
export function createPresence({ io, tabs, clock, peers, processId }: Deps) {
  const changedHere = new Set<string>();
  const waiting = new Set<string>();
  const others = new Map<string, Other>();

  const here = (roomId: string) => presenceOf(roomId, tabs.viewersOf(roomId));

  /** Has the tabs of a room told once, soon, however many changes there are until then. */
  function tell(roomId: string): void {
    if (waiting.has(roomId)) return;
    waiting.add(roomId);
    clock.after(gather, () => {
      waiting.delete(roomId);
      const mine = here(roomId);
      if (changedHere.delete(roomId)) peers.tell('present', processId, [mine]);
      const elsewhere = [...others.values()].flatMap(({ rooms }) => rooms.get(roomId) ?? []);
      io.local.to(eventsOf(roomId)).emit('presence', mergedPresence(roomId, [mine, ...elsewhere]));
    });
  }

  function hear(id: string): Other {
    const known = others.get(id);
    const other = known ?? { heardAt: 0, rooms: new Map() };
    other.heardAt = clock.monotonic();
    others.set(id, other);
    if (known === undefined) introduce();
    return other;
  }

  /** Tells the others of everybody here: they are new, or have missed something. */
  function introduce(): void {
    peers.tell('alive', processId);
    const rooms = tabs.rooms().map(here);
    if (rooms.length > 0) peers.tell('present', processId, rooms);
  }

  function forgetTheGone(): void {
    for (const [id, { heardAt, rooms }] of others) {
      if (clock.monotonic() - heardAt <= goneAfter) continue;
      others.delete(id);
      for (const roomId of rooms.keys()) tell(roomId);
    }
  }

  peers.on('alive', hear);
  peers.on('present', (id, told) => {
    const { rooms } = hear(id);
    for (const presence of told) {
      const isEmpty = presence.people.length + presence.spectators.length === 0;
      if (isEmpty) rooms.delete(presence.roomId);
      else rooms.set(presence.roomId, presence);
      if (tabs.countIn(presence.roomId) > 0) tell(presence.roomId);
    }
  });

  let cancelBeat = clock.after(aliveEvery, beat);
  function beat(): void {
    peers.tell('alive', processId);
    forgetTheGone();
    cancelBeat = clock.after(aliveEvery, beat);
  }

  return {
    changed(roomId: string): void {
      changedHere.add(roomId);
      tell(roomId);
    },
    introduce,
    stop: () => cancelBeat(),
  };
}

export type PresenceTeller = ReturnType<typeof createPresence>;
