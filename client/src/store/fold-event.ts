import type { LoggedEvent } from '../../../src/domain/event.ts';
import { isKnown } from '../../../src/domain/event.ts';
import { evolve } from '../../../src/domain/evolve.ts';
import type { TimelineMessage } from '../../../src/domain/room-state.ts';
import { evolveTimeline } from '../../../src/domain/timeline.ts';
import { draftsAfter } from './drafts.ts';
import { isToldState, type LiveRoom, type Written } from './room-view.ts';
import { isOver, writtenAfter } from './written.ts';

const heldMax = 5_000;
const endedTurnsMax = 100;

/** An event of the log in its place: repeats are ignored, what comes too early is held and asks for a sync. */
export function withEvent(room: LiveRoom, event: LoggedEvent): LiveRoom {
  if (event.seq <= room.state.seq) return room;
  if (event.seq > room.state.seq + 1) {
    const heard = { ...room.heard, seq: Math.max(room.heard.seq, event.seq) };
    // Beyond the limit it is enough to know that there was something.
    if (room.held.size >= heldMax) return { ...room, heard };
    return { ...room, heard, held: new Map(room.held).set(event.seq, event) };
  }
  return drained(folded(room, event));
}

/** Takes up the held events whose turn it is now, and forgets those that have come by another way. */
export function drained(room: LiveRoom): LiveRoom {
  let result = room;
  for (;;) {
    const next = result.held.get(result.state.seq + 1);
    if (next === undefined) break;
    result = folded(result, next);
  }
  if (result.held.size === 0) return result;
  const held = new Map([...result.held].filter(([seq]) => seq > result.state.seq));
  return { ...result, held };
}

function folded(room: LiveRoom, event: LoggedEvent): LiveRoom {
  const isOlder = room.older !== 'none' && standsBefore(event, room.timeline);
  const timeline = isOlder ? room.timeline : foldTimeline(room.timeline, event);
  const state = evolve(room.state, event);
  return withoutLateText({
    ...room,
    state,
    // What was hidden stays so in the log of this tab, and what is to be hidden is in it.
    outdated: room.outdated || isToldState({ ...room, state }) !== isToldState(room),
    timeline,
    touched: room.older === 'loading' && touchesOld(event) ? [...room.touched, event] : room.touched,
    drafts: draftsAfter(room.drafts, event),
    written: writtenAfter(room.written, event),
    ...afterTurn(room, event),
    ...afterMessage(room, event),
  });
}

/** Whether a message goes where this tab has not read yet: it will be there when the tab does. */
function standsBefore(event: LoggedEvent, timeline: readonly TimelineMessage[]): boolean {
  const place = placeOf(event);
  return place !== undefined && place < (timeline[0]?.seq ?? 0);
}

/** Where a message goes that did not come last. */
export function placeOf(event: LoggedEvent): number | undefined {
  return isKnown(event) && event.kind === 'message.posted' ? event.data.place?.seq : undefined;
}

/** `evolveTimeline`, but what an older page already showed is not taken for a second edit or message. */
export function foldTimeline(
  timeline: readonly TimelineMessage[],
  event: LoggedEvent,
): readonly TimelineMessage[] {
  if (isKnown(event) && event.kind === 'message.edited') {
    const old = timeline.find((message) => message.messageId === event.data.messageId);
    if (old?.edited && old.at === event.at && old.text === event.data.text) return timeline;
  }
  if (isKnown(event) && event.kind === 'message.posted' && event.data.place !== undefined) {
    const { messageId } = event.data;
    if (timeline.some((message) => message.messageId === messageId)) return timeline;
  }
  return evolveTimeline(timeline, event);
}

function touchesOld(event: LoggedEvent): boolean {
  return (
    placeOf(event) !== undefined ||
    ['message.edited', 'message.replaced', 'message.removed'].includes(event.kind)
  );
}

function afterTurn(room: LiveRoom, event: LoggedEvent): Partial<LiveRoom> {
  if (event.kind !== 'turn.ended' || event.turnId === undefined) return {};
  const { turnId } = event;
  const stages = new Map(room.stages);
  stages.delete(turnId);
  return {
    stages,
    endedTurns: [...room.endedTurns, turnId].slice(-endedTurnsMax),
  };
}

/** Held text of what is written now has nothing to wait for, and what it was offered stands in its message. */
function withoutLateText(room: LiveRoom): LiveRoom {
  if (room.heldTokens.length === 0 && room.offers.length === 0) return room;
  const isComing = (text: Written) => !isOver(room, text);
  return {
    ...room,
    heldTokens: room.heldTokens.filter(isComing),
    offers: room.offers.some((offer) => !isComing(offer)) ? room.offers.filter(isComing) : room.offers,
  };
}

function afterMessage(room: LiveRoom, event: LoggedEvent): Partial<LiveRoom> {
  // What comes back with an undo was not said now.
  if (event.kind !== 'message.posted' || placeOf(event) !== undefined) return {};
  if (!room.typing.has(event.actor.id)) return {};
  const typing = new Map(room.typing);
  typing.delete(event.actor.id);
  return { typing };
}
