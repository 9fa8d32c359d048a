import type { LoggedEvent } from '../../../src/domain/event.ts';
import type { TimelineMessage } from '../../../src/domain/room-state.ts';
import type { RoomHistoryResult } from '../../../src/protocol/room-history.ts';
import type { RoomJoinResult } from '../../../src/protocol/room-join.ts';
import { stateOf } from '../../../src/protocol/snapshot.ts';
import { mergedDrafts, withTokens } from './drafts.ts';
import { drained, foldTimeline, placeOf, withEvent } from './fold-event.ts';
import type { Offer, Written } from './room-view.ts';
import { type JoiningRoom, type LiveRoom, measured } from './room-view.ts';
import { isOver } from './written.ts';

/** A room as a snapshot shows it; everything known before is left behind. */
function fresh(room: JoiningRoom | LiveRoom, result: RoomJoinResult): LiveRoom | undefined {
  if (result.snapshot === null) return room.status === 'live' ? room : undefined;
  const state = stateOf(result.snapshot, result.head);
  const before = room.status === 'live' && room.epoch === result.epoch ? room : undefined;
  return {
    status: 'live',
    roomId: room.roomId,
    you: result.you,
    epoch: result.epoch,
    state,
    timeline: state.messages,
    older: state.messages.length === 0 ? 'none' : 'maybe',
    prepended: 0,
    touched: [],
    held: before?.held ?? new Map(),
    drafts: before?.drafts ?? new Map(),
    offers: before?.offers ?? [],
    heldTokens: before?.heldTokens ?? [],
    endedTurns: before?.endedTurns ?? [],
    written: before?.written ?? [],
    stages: new Map(),
    presence: room.status === 'live' ? room.presence : { people: [], spectators: 0 },
    typing: new Map(),
    heard: { seq: result.head, epoch: result.epoch },
    behind: false,
    outdated: false,
  };
}

/**
 * What `room.join` or `room.sync` told: a snapshot or the events missed, and the drafts of now. A snapshot older than
 * what the tab has already seen in the same history is left aside.
 */
export function caughtUp(room: JoiningRoom | LiveRoom, result: RoomJoinResult): LiveRoom | undefined {
  const stale =
    room.status === 'live' &&
    room.epoch === result.epoch &&
    result.snapshot !== null &&
    result.head < room.state.seq;
  const base = stale ? room : fresh(room, result);
  if (base === undefined) return undefined;
  const applied = result.events.reduce(withEvent, { ...base, you: result.you, epoch: result.epoch });
  const current = drained(applied);
  const isComing = (text: Written) => !isOver(current, text);
  const isOpen = (text: Written) =>
    current.state.turns.some((turn) => turn.turnId === text.turnId) && isComing(text);
  const merged = mergedDrafts(current.drafts, result.drafts.filter(isComing), isOpen);
  const { drafts, held } = withTokens(merged, current.heldTokens.filter(isOpen));
  const heldTokens = held.filter(isOpen);
  const told = result.drafts.flatMap(({ turnId, messageId, sources }): Offer[] =>
    sources === undefined ? [] : [{ turnId, messageId, sources }],
  );
  const isTold = ({ messageId }: Offer) => told.some((offer) => offer.messageId === messageId);
  const offers = [...current.offers.filter((offer) => !isTold(offer)), ...told].filter(isOpen);
  const heard = { seq: Math.max(current.heard.seq, result.head), epoch: result.epoch };
  return measured({ ...current, drafts, offers, heldTokens, heard });
}

/** An older page before what is shown, with the changes that overtook it on the way. */
export function withOlder(room: LiveRoom, { messages, more }: RoomHistoryResult): LiveRoom {
  const first = room.timeline[0]?.seq ?? Number.POSITIVE_INFINITY;
  const known = new Set(room.timeline.map((message) => message.messageId));
  const page: readonly TimelineMessage[] = messages.filter(
    (message) => message.seq <= first && !known.has(message.messageId),
  );
  // What came back meanwhile stands in what is shown, in this page, or in one before it.
  const from = more ? (page[0]?.seq ?? first) : 0;
  const isHere = (event: LoggedEvent) => {
    const place = placeOf(event);
    return place === undefined || (place >= from && place < first);
  };
  const current = room.touched.filter(isHere).reduce(foldTimeline, page);
  return {
    ...room,
    timeline: [...current, ...room.timeline],
    prepended: room.prepended + current.length,
    older: more && messages.length > 0 ? 'maybe' : 'none',
    touched: [],
  };
}
