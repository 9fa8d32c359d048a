import type { Database } from '../db/database.ts';
import type { LoggedEvent } from '../domain/event.ts';
import { limits } from '../domain/limits.ts';
import type { RoomState } from '../domain/room-state.ts';
import type { Clock } from '../lib/clock.ts';
import type { NewId } from '../lib/ids.ts';
import type { Log } from '../lib/log.ts';
import { createAppend } from './append.ts';
import { createCommandResults } from './command-results.ts';
import { type ConsequenceIndex, createConsequenceIndex } from './consequence-index.ts';
import { type CommandHandler, createCommandHandler } from './handle-command.ts';
import { createMemberIndex, type MemberIndex } from './member-index.ts';
import { foldFrom, OpenRoom, type Origin } from './open-room.ts';
import { createEventReader, type EventReader } from './read-events.ts';
import { createReadNames, type ReadNames } from './read-names.ts';
import { createSnapshots } from './snapshots.ts';
import { createTimelineIndex, type TimelineIndex } from './timeline-index.ts';

/** Events after which a room's state is stored anew. */
const snapshotEvery = 250;
/** Rooms held in memory; the ones not used for longest go first. */
const maxOpenRooms = 2_000;

/** Durable events of one room, in order and without a gap, as this process learns of them. */
export type EventListener = (roomId: string, events: readonly LoggedEvent[], origin: Origin) => void;

export type EventLog = EventReader &
  ReadNames &
  Pick<TimelineIndex, 'page'> &
  Pick<ConsequenceIndex, 'memoriesOf' | 'relationsOf'> &
  Pick<MemberIndex, 'roleOf' | 'roomsOf'> &
  CommandHandler & {
    /** The message that stands where the one with this id stood, however old. */
    findMessage: TimelineIndex['find'];
    /** The room as this process knows it; never behind what it has appended or published itself. */
    stateOf(roomId: string): Promise<RoomState>;
    /** The latest messages of the timeline as it stood at `state`, also where removals have emptied its window. */
    latestMessages(state: RoomState): Promise<RoomState['messages']>;
    /** The room at the log's newest event, whoever appended it. */
    newestStateOf(roomId: string): Promise<RoomState>;
    /** Whether this process has the room in its memory. */
    isOpen(roomId: string): boolean;
    /** Takes in durable events of a room that another process tells of, if the room is open here. */
    hear(roomId: string, events: readonly LoggedEvent[]): Promise<void>;
    /** Waits for what it writes on the side, so that the database can be closed. */
    settled(): Promise<void>;
    /** Returns how to stop listening. */
    subscribe(listener: EventListener): () => void;
  };

type Deps = { db: Database; clock: Clock; newId: NewId; log: Log };

/** The rooms' logs: appending, reading, and the states folded from them. */
export function createEventLog({ db, clock, newId, log }: Deps): EventLog {
  const reader = createEventReader(db);
  const timeline = createTimelineIndex(db);
  const consequences = createConsequenceIndex(db);
  const members = createMemberIndex(db);
  const results = createCommandResults(db, clock);
  const snapshots = createSnapshots(db);
  const append = createAppend(db, { timeline, consequences, members, results }, newId);
  const listeners = new Set<EventListener>();
  const rooms = new Map<string, Promise<OpenRoom>>();
  const saving = new Set<Promise<void>>();

  function publish(roomId: string, events: readonly LoggedEvent[], origin: Origin): void {
    for (const listener of listeners) {
      try {
        listener(roomId, events, origin);
      } catch (reason) {
        log.error({ err: reason, roomId }, 'a listener of the event log failed');
      }
    }
  }

  async function load(roomId: string): Promise<OpenRoom> {
    const snapshot = await snapshots.load(roomId);
    const state = await foldFrom(reader, roomId, snapshot);
    // What is not there takes no place among what is.
    if (state.seq === 0) rooms.delete(roomId);
    const room = new OpenRoom(state, reader, (events, origin) => publish(roomId, events, origin));
    room.snapshotSeq = snapshot?.seq ?? 0;
    keepSnapshot(room);
    return room;
  }

  function open(roomId: string): Promise<OpenRoom> {
    const known = rooms.get(roomId);
    rooms.delete(roomId);
    const room = known ?? load(roomId);
    rooms.set(roomId, room);
    if (known === undefined) {
      room.catch(() => rooms.delete(roomId));
      const [oldest] = rooms.keys();
      if (rooms.size > maxOpenRooms && oldest !== undefined) rooms.delete(oldest);
    }
    return room;
  }

  /** Off the path of the append: nobody waits for a snapshot, and one that fails is made up for by the next. */
  function keepSnapshot(room: OpenRoom): void {
    if (room.committed.seq - room.snapshotSeq < snapshotEvery) return;
    room.snapshotSeq = room.committed.seq;
    const save = snapshots
      .save(room.committed)
      .catch((reason) => log.warn({ err: reason, roomId: room.roomId }, 'a snapshot could not be stored'))
      .finally(() => saving.delete(save));
    saving.add(save);
  }

  return {
    ...reader,
    ...createReadNames(db),
    page: timeline.page,
    findMessage: timeline.find,
    memoriesOf: consequences.memoriesOf,
    relationsOf: consequences.relationsOf,
    roleOf: members.roleOf,
    roomsOf: members.roomsOf,
    ...createCommandHandler({
      open,
      append,
      reader,
      results,
      timeline,
      consequences,
      clock,
      newId,
      onAppended: keepSnapshot,
    }),
    stateOf: async (roomId) => (await open(roomId)).committed,
    latestMessages: async ({ room, seq, messages, older }) => {
      if (!older || messages.length >= limits.window) return messages;
      return (await timeline.page(room.id, seq + 1, limits.window)).messages;
    },
    newestStateOf: async (roomId) => {
      const room = await open(roomId);
      await room.catchUp();
      return room.committed;
    },
    isOpen: (roomId) => rooms.has(roomId),
    hear: async (roomId, events) => {
      await (await rooms.get(roomId))?.hear(events);
    },
    settled: async () => {
      await Promise.all(saving);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
