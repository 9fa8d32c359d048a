import { reduceRoom } from '../../client/src/store/reduce-room.ts';
import { type Arrival, joiningRoom, type LiveRoom, type RoomView } from '../../client/src/store/room-view.ts';
import type { LoggedEvent, NewEvent } from '../../src/domain/event.ts';
import { evolve } from '../../src/domain/evolve.ts';
import type { Role } from '../../src/domain/roles.ts';
import { initialState, type RoomState } from '../../src/domain/room-state.ts';
import { type Settings, settingsSchema } from '../../src/domain/settings.ts';
import type { Draft, RoomJoinResult } from '../../src/protocol/room-join.ts';
import { snapshotOf } from '../../src/protocol/snapshot.ts';

export const roomId = 'room';
export const user = { type: 'user' as const, id: 'ann' };
export const bot = { type: 'bot' as const, id: 'kib' };
const system = { type: 'system' as const, id: 'kibitz' };

const ann = { type: 'user' as const, id: 'ann', name: 'Ann' };
const kib = { type: 'bot' as const, id: 'kib', name: 'Kib' };

/** The events that make a room with a person and a bot. */
export const opening: readonly NewEvent[] = [
  {
    kind: 'room.created',
    actor: user,
    data: {
      title: 'T',
      template: 'blank',
      settings: settingsSchema.parse({}),
    },
  },
  { kind: 'member.joined', actor: user, data: { userId: 'ann', name: 'Ann', role: 'owner' } },
  { kind: 'bot.joined', actor: user, data: { botId: 'kib', name: 'Kib', role: 'host' } },
];

export function asked(messageId: string, turnId: string, text = 'question'): NewEvent[] {
  return [
    { kind: 'message.posted', actor: user, data: { messageId, author: ann, text } },
    {
      kind: 'turn.queued',
      actor: user,
      turnId,
      cause: messageId,
      data: { by: 'ann', trigger: { messageId } },
    },
  ];
}

export function started(turnId: string): NewEvent {
  const addressee = { botId: 'kib', by: 'only' as const, confidence: 'high' as const, reason: 'r' };
  return { kind: 'turn.started', actor: system, turnId, data: { addressee } };
}

export function regenerating(messageId: string, turnId: string): NewEvent {
  return {
    kind: 'turn.queued',
    actor: user,
    turnId,
    data: { by: 'ann', trigger: { regenerate: messageId } },
  };
}

export function replied(messageId: string, turnId: string, cause: string, text: string): NewEvent[] {
  const data = { messageId, author: kib, text, replyTo: cause, version: 1 };
  return [{ kind: 'message.posted', actor: bot, turnId, cause, data }, ended(turnId, 'completed')];
}

export function replaced(old: string, messageId: string, turnId: string, text: string): NewEvent[] {
  const message = { messageId, author: kib, text, version: 2 };
  const data = { supersedes: old, message, reason: 'regenerate' as const };
  return [{ kind: 'message.replaced', actor: bot, turnId, data }, ended(turnId, 'completed')];
}

export function edited(messageId: string, text: string): NewEvent {
  return { kind: 'message.edited', actor: user, data: { messageId, text } };
}

export function removed(messageId: string): NewEvent {
  return { kind: 'message.removed', actor: user, data: { supersedes: messageId, reason: 'remove' } };
}

export function roleChanged(role: Role): NewEvent {
  return { kind: 'member.changed', actor: user, data: { userId: 'ann', name: 'Ann', role } };
}

export function settingsChanged(settings: Partial<Settings>): NewEvent {
  const data = { title: 'T', template: 'blank' as const, settings: settingsSchema.parse(settings) };
  return { kind: 'room.updated', actor: user, data };
}

export function ended(
  turnId: string,
  outcome: 'completed' | 'stopped' | 'failed' | 'interrupted',
  error?: string,
): NewEvent {
  const data = { outcome, ...(error === undefined ? {} : { error }) };
  return { kind: 'turn.ended', actor: system, turnId, data };
}

/** Gives events their places: seq 1, 2, 3 … and a second each. */
export function logOf(events: readonly NewEvent[]): LoggedEvent[] {
  return events.map((event, index) => ({
    ...event,
    roomId,
    seq: index + 1,
    at: new Date(Date.UTC(2026, 0, 1) + index * 1_000).toISOString(),
  }));
}

export function stateAt(log: readonly LoggedEvent[], head = log.length): RoomState {
  return log.slice(0, head).reduce(evolve, initialState(roomId));
}

export function snapshotAt(log: readonly LoggedEvent[], head: number, drafts: Draft[] = []): RoomJoinResult {
  const snapshot = snapshotOf(stateAt(log, head));
  return { you: { userId: 'ann', role: 'owner' }, head, epoch: 'e1', snapshot, events: [], drafts };
}

export function eventsAfter(
  log: readonly LoggedEvent[],
  after: number,
  drafts: Draft[] = [],
): RoomJoinResult {
  const events = log.slice(after);
  return {
    you: { userId: 'ann', role: 'owner' },
    head: log.length,
    epoch: 'e1',
    snapshot: null,
    events,
    drafts,
  };
}

export function reduceAll(room: RoomView, arrivals: readonly Arrival[]): RoomView {
  return arrivals.reduce<RoomView>(reduceRoom, room);
}

export function asLive(room: RoomView): LiveRoom {
  if (room.status !== 'live') throw new Error(`the room is ${room.status}`);
  return room;
}

export function liveAt(log: readonly LoggedEvent[], head: number, drafts: Draft[] = []): LiveRoom {
  return asLive(reduceRoom(joiningRoom(roomId), { type: 'joined', result: snapshotAt(log, head, drafts) }));
}

export const arrivalsOf = (log: readonly LoggedEvent[]): Arrival[] =>
  log.map((event) => ({ type: 'event', event }));
