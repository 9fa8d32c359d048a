import { isKnown, type LoggedEvent, type MessageData, type Outcome } from '../../../src/domain/event.ts';
import { evolve } from '../../../src/domain/evolve.ts';
import { initialState, type RoomState, type TimelineMessage } from '../../../src/domain/room-state.ts';
import { evolveTimeline } from '../../../src/domain/timeline.ts';
import { viewFor } from '../../../src/domain/viewing.ts';
import type { History, LogReading } from './history.ts';

/** A room's final log, and what can be told from it. */
export type RoomLog = {
  roomId: string;
  epoch: string;
  events: readonly LoggedEvent[];
  at(seq: number): LoggedEvent | undefined;
  /** The room after `seq` events, with its whole timeline as messages. */
  stateAt(seq: number): RoomState;
  /** The event of this number as this person is shown it. */
  asSeenBy(userId: string, seq: number): LoggedEvent | undefined;
  /** What was written last under a message's id by its author, and how its turn ended. */
  said(messageId: string): Said | undefined;
  /** The first event of this kind in a turn. */
  ofTurn(kind: 'turn.queued' | 'turn.started' | 'turn.ended', turnId: string): LoggedEvent | undefined;
};

/** A message as it was first written, by whichever model, and how its turn ended. */
type Said = { text: string; fallback: boolean; outcome: Outcome | undefined };

/** The log of each room by its first reading. A log with holes is folded up to the first. */
export function roomLogs({ logs }: History): Map<string, RoomLog> {
  const result = new Map<string, RoomLog>();
  for (const reading of logs) {
    if (!result.has(reading.roomId)) result.set(reading.roomId, roomLog(reading));
  }
  return result;
}

function roomLog({ roomId, epoch, events }: LogReading): RoomLog {
  const bySeq = new Map(events.map((event) => [event.seq, event]));
  const states = foldAll(roomId, events);
  const stateAt = (seq: number) => states[Math.min(seq, states.length - 1)] ?? initialState(roomId);
  const last = stateAt(events.length);
  const said = new Map<string, Said>();
  const turns = new Map<string, LoggedEvent>();
  const outcomes = new Map<string, Outcome>();
  for (const event of events) {
    if (event.turnId !== undefined && event.kind.startsWith('turn.')) {
      const key = `${event.kind} ${event.turnId}`;
      if (!turns.has(key)) turns.set(key, event);
    }
    if (isKnown(event) && event.kind === 'turn.ended') outcomes.set(event.turnId ?? '', event.data.outcome);
  }
  for (const event of events) {
    const message = writtenIn(event);
    // What comes back says again what was said: the first time is when it was written.
    if (message === undefined || said.has(message.messageId)) continue;
    const { text, fallback = false } = message;
    said.set(message.messageId, { text, fallback, outcome: outcomes.get(event.turnId ?? '') });
  }
  return {
    roomId,
    epoch,
    events,
    at: (seq) => bySeq.get(seq),
    stateAt,
    asSeenBy: (userId, seq) => {
      const event = bySeq.get(seq);
      return event && viewFor(last, userId)(event);
    },
    said: (messageId) => said.get(messageId),
    ofTurn: (kind, turnId) => turns.get(`${kind} ${turnId}`),
  };
}

/** The message that an event brings onto the timeline. */
export function writtenIn(event: LoggedEvent): MessageData | undefined {
  if (!isKnown(event)) return undefined;
  if (event.kind === 'message.posted') return event.data;
  return event.kind === 'message.replaced' ? event.data.message : undefined;
}

/** The states of a room after 0, 1, 2 … events, each with the whole timeline: the fold itself keeps the latest alone. */
function foldAll(roomId: string, events: readonly LoggedEvent[]): RoomState[] {
  const states = [initialState(roomId)];
  let state = initialState(roomId);
  let messages: TimelineMessage[] = [];
  for (const event of events) {
    if (event.seq !== state.seq + 1) break;
    state = evolve(state, event);
    if (event.kind.startsWith('message.')) messages = [...evolveTimeline(messages, event)];
    states.push({ ...state, messages });
  }
  return states;
}
