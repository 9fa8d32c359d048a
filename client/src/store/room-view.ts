import type { LoggedEvent } from '../../../src/domain/event.ts';
import type { Role } from '../../../src/domain/roles.ts';
import { findMember, type RoomState, type TimelineMessage } from '../../../src/domain/room-state.ts';
import { seesFeelings } from '../../../src/domain/viewing.ts';
import type { RoomHistoryResult } from '../../../src/protocol/room-history.ts';
import type { Draft, RoomJoinResult } from '../../../src/protocol/room-join.ts';
import type { Presence, ReceivedEvent, Token } from '../../../src/protocol/server-events.ts';

/** What of the library a reply that is being written may cite. */
export type Offer = Omit<ReceivedEvent<'sources'>, 'roomId'>;

export type Typist = { name: string; until: number };

/** What reaches a room of this tab, in the order in which it came. */
export type Arrival =
  | { type: 'event'; event: LoggedEvent }
  | { type: 'token'; token: Token }
  | { type: 'sources'; offer: Offer }
  | { type: 'head'; head: Pick<ReceivedEvent<'head'>, 'seq' | 'epoch'> }
  | { type: 'presence'; presence: Omit<Presence, 'roomId'> }
  | { type: 'stage'; turnId: string; stage: string }
  | { type: 'typing'; userId: string; name: string; until: number }
  | { type: 'typing.expire'; now: number }
  | { type: 'joined'; result: RoomJoinResult }
  | { type: 'history.asked' }
  | { type: 'history'; result: RoomHistoryResult }
  | { type: 'history.failed' }
  | { type: 'over'; why: RoomEnd };

/** Why a room is not shown any more, or never was. */
export type RoomEnd = {
  reason: 'not_found' | 'removed' | 'deleted' | 'signed_out' | 'left' | 'unreadable' | 'refused';
  message?: string;
};

export type JoiningRoom = { status: 'joining'; roomId: string; early: readonly Arrival[] };
export type ClosedRoom = { status: 'over'; roomId: string; why: RoomEnd };

/** A message that a turn has put into the log: its live text is over, also while the turn goes on with another. */
export type Written = { turnId: string; messageId: string };

export type LiveRoom = {
  status: 'live';
  roomId: string;
  you: { userId: string; role: Role };
  epoch: string;
  /** The fold of the log; its messages are only the latest, see `timeline`. */
  state: RoomState;
  /** Everything this tab shows: older pages and all since. */
  timeline: readonly TimelineMessage[];
  /** Whether older messages remain to be asked for. */
  older: 'maybe' | 'loading' | 'none';
  /** How many messages older pages have put before the first ones. */
  prepended: number;
  /** Edits and removals that came while an older page was on its way, and may be missing from it. */
  touched: readonly LoggedEvent[];
  /** Events that came before one that must stand ahead of them. */
  held: ReadonlyMap<number, LoggedEvent>;
  drafts: ReadonlyMap<string, Draft>;
  /** What replies that are being written were offered of the library. */
  offers: readonly Offer[];
  /** Live text after a hole, kept until the draft has been asked for again. */
  heldTokens: readonly Token[];
  endedTurns: readonly string[];
  /** The latest messages of turns, in their order. */
  written: readonly Written[];
  stages: ReadonlyMap<string, string>;
  presence: Omit<Presence, 'roomId'>;
  typing: ReadonlyMap<string, Typist>;
  /** Where the log stands as far as this tab has heard. */
  heard: { seq: number; epoch: string };
  /** Whether something is known to be missing, so that the tab has to sync; follows from the above. */
  behind: boolean;
  /** Whether memories and relationships were opened or closed to this person on the way: the tab needs the room anew. */
  outdated: boolean;
};

export type RoomView = JoiningRoom | LiveRoom | ClosedRoom;

export function joiningRoom(roomId: string): JoiningRoom {
  return { status: 'joining', roomId, early: [] };
}

/** The room with `behind` as it follows from what is missing. */
export function measured(room: LiveRoom): LiveRoom {
  const { held, heldTokens, heard, epoch, state } = room;
  const behind = held.size > 0 || heldTokens.length > 0 || heard.seq > state.seq || heard.epoch !== epoch;
  return behind === room.behind ? room : { ...room, behind };
}

/** The role that counts now: the log may have changed it since the tab joined. */
export function roleOf(room: Pick<LiveRoom, 'state' | 'you'>): Role {
  return findMember(room.state, room.you.userId)?.role ?? room.you.role;
}

/** Whether the server tells this person what bots remember and how they feel. */
export function isToldState(room: Pick<LiveRoom, 'state' | 'you'>): boolean {
  return seesFeelings(roleOf(room), room.state.room.settings);
}

/** Whether memories and relationships are shown: the room has them, and this person is told. */
export function showsRelationships(room: Pick<LiveRoom, 'state' | 'you'>): boolean {
  return room.state.room.settings.relationships && isToldState(room);
}
