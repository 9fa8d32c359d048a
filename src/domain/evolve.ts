import { briefAfter } from './brief-after.ts';
import type { EventOf, LoggedEvent, RoomEvent } from './event.ts';
import { isKnown } from './event.ts';
import { factsAfter, tasksAfter } from './knowledge-after.ts';
import { limits } from './limits.ts';
import { numberingAfter, type OfferedSource } from './offered-source.ts';
import { edgesAfter, edgesWithout, memoriesAfter } from './relationships-after.ts';
import type { RoomState, Turn } from './room-state.ts';
import { sourcesAfter } from './sources.ts';
import { evolveTimeline } from './timeline.ts';
import { unfinishedAfter } from './unfinished.ts';

/**
 * The state after one more event. Pure; the server and the page fold with it. An event of an unknown kind only moves
 * `seq`. Events must come in order and without a gap.
 */
export function evolve(state: RoomState, event: LoggedEvent): RoomState {
  if (event.seq !== state.seq + 1) {
    throw new Error(`event ${event.seq} cannot follow ${state.seq}: a log has no gaps`);
  }
  const next = { ...state, seq: event.seq };
  return isKnown(event) ? { ...apply(next, event), unfinished: [...unfinishedAfter(state, event)] } : next;
}

function apply(state: RoomState, event: RoomEvent): RoomState {
  switch (event.kind) {
    case 'room.created':
      return { ...state, room: created(event), numbering: event.data.numbering ?? state.numbering };
    case 'room.updated':
      return { ...state, room: { ...state.room, ...event.data } };
    case 'member.joined':
    case 'member.changed':
      return withMember(state, event);
    case 'member.left':
      return withoutMember(state, event);
    case 'bot.joined': {
      const since = state.bots.find((bot) => bot.botId === event.data.botId)?.since ?? event.seq;
      return {
        ...state,
        bots: put(state.bots, (bot) => bot.botId === event.data.botId, { ...event.data, since }),
      };
    }
    case 'bot.left':
      return { ...forgotten(state, event), bots: state.bots.filter((bot) => bot.botId !== event.data.botId) };
    case 'bot.reset':
      return forgotten(state, event);
    case 'scene.opened':
    case 'scene.closed':
      return { ...state, ...sceneAfter(state, event), rewound: rewoundAfter(state, event) };
    case 'message.posted':
    case 'message.edited':
    case 'message.replaced':
    case 'message.removed':
      return {
        ...state,
        ...windowAfter(state, event),
        rewound: rewoundAfter(state, event),
        numbering: numberingAfter(state.numbering, sourcesIn(event), limits.numbering),
      };
    case 'turn.queued':
      return { ...state, turns: [...state.turns, queued(event)] };
    case 'turn.started':
      return {
        ...state,
        turns: state.turns.map((turn) => (turn.turnId === event.turnId ? started(turn, event) : turn)),
      };
    case 'turn.ended':
      return { ...state, turns: state.turns.filter((turn) => turn.turnId !== event.turnId) };
    case 'memory.written':
    case 'memory.withdrawn':
      return {
        ...state,
        memories: memoriesAfter(state.memories, event),
        touchedBots: touchedAfter(state, [event.data.witnessId]),
      };
    case 'edge.updated':
      return {
        ...state,
        edges: edgesAfter(state.edges, event),
        touchedBots: touchedAfter(state, [event.data.from, event.data.to]),
      };
    case 'fact.added':
    case 'fact.edited':
    case 'fact.removed':
      return { ...state, ...factsAfter(state, event) };
    case 'task.added':
    case 'task.answered':
    case 'task.dismissed':
    case 'task.withdrawn':
      return { ...state, tasks: tasksAfter(state, event) };
    case 'brief.revised':
      return { ...state, brief: briefAfter(state.brief, event) };
    case 'source.added':
    case 'source.removed':
      return { ...state, sources: sourcesAfter(state.sources, event) };
  }
}

/** The room without what a bot remembers and feels, and what others feel about it; it remembers from here on. */
function forgotten(state: RoomState, { seq, data: { botId } }: EventOf<'bot.left' | 'bot.reset'>): RoomState {
  return {
    ...state,
    bots: state.bots.map((bot) => (bot.botId === botId ? { ...bot, since: seq } : bot)),
    touchedBots: state.touchedBots.filter((id) => id !== botId),
    edges: edgesWithout(state.edges, botId),
    memories: state.memories.filter(({ witnessId }) => witnessId !== botId),
  };
}

function touchedAfter({ touchedBots, bots }: RoomState, ids: readonly string[]): string[] {
  const more = ids.filter((id) => !touchedBots.includes(id) && bots.some(({ botId }) => botId === id));
  return [...touchedBots, ...more];
}

function created({ roomId, at, data }: EventOf<'room.created'>): RoomState['room'] {
  const { title, template, settings } = data;
  return { id: roomId, title, template, settings, createdAt: at };
}

function withMember(state: RoomState, event: EventOf<'member.joined' | 'member.changed'>): RoomState {
  const { userId, name, role } = event.data;
  const known = state.members.find((member) => member.userId === userId);
  // Who only watched was not there.
  const since = known === undefined || known.role === 'spectator' ? event.seq : known.since;
  const members = put(state.members, (member) => member.userId === userId, { userId, name, role, since });
  return { ...state, members };
}

/** The list with `item` in the place of the one it stands for, or at the end. */
function put<T>(items: readonly T[], isSame: (item: T) => boolean, item: T): T[] {
  const index = items.findIndex(isSame);
  return index === -1 ? [...items, item] : items.with(index, item);
}

function withoutMember(state: RoomState, { data, at }: EventOf<'member.left'>): RoomState {
  const members = state.members.filter((member) => member.userId !== data.userId);
  if (data.reason !== 'removed') return { ...state, members };
  const before = state.removed.filter(({ userId }) => userId !== data.userId);
  return { ...state, members, removed: [...before, { userId: data.userId, at }].slice(-limits.removed) };
}

/** What of the library a message that comes was offered. */
function sourcesIn(event: RoomEvent): readonly OfferedSource[] {
  if (event.kind === 'message.posted') return event.data.sources ?? [];
  return event.kind === 'message.replaced' ? (event.data.message.sources ?? []) : [];
}

/** The latest of the timeline. What goes before the window, into what it does not hold, does not enter it. */
function windowAfter(state: RoomState, event: RoomEvent): Pick<RoomState, 'messages' | 'older'> {
  const { older } = state;
  if (event.kind === 'message.posted') {
    const place = event.data.place?.seq ?? event.seq;
    if (older && place < (state.messages[0]?.seq ?? 0)) return { messages: state.messages, older };
  }
  const messages = evolveTimeline(state.messages, event);
  return { messages: messages.slice(-limits.window), older: older || messages.length > limits.window };
}

function sceneAfter(
  { scene, scenes }: RoomState,
  event: EventOf<'scene.opened' | 'scene.closed'>,
): Pick<RoomState, 'scene' | 'scenes'> {
  const { reason: _reason, ...told } = event.data;
  const { sceneId } = told;
  if (event.kind === 'scene.closed') return { scene: scene?.sceneId === sceneId ? null : scene, scenes };
  return { scene: told, scenes: put(scenes, (one) => one.sceneId === sceneId, told).slice(-limits.scenes) };
}

/**
 * A rewind is a run of removals and of the scene's going back; whatever else comes, goes or changes its version on the
 * timeline after it settles it, and so does another scene.
 */
function rewoundAfter({ rewound, scene }: RoomState, event: RoomEvent): RoomState['rewound'] {
  if (event.kind === 'message.edited') return rewound;
  const isRemoval = event.kind === 'message.removed';
  const isScene = event.kind === 'scene.opened' || event.kind === 'scene.closed';
  if (!(isRemoval || isScene) || event.data.reason !== 'rewind') return null;
  const before =
    rewound?.to === event.seq - 1 ? rewound : { from: event.seq, messages: 0, scene: scene?.sceneId ?? null };
  return {
    ...before,
    to: event.seq,
    by: event.actor.id,
    messages: before.messages + (isRemoval ? 1 : 0),
  };
}

function queued(event: EventOf<'turn.queued'>): Turn {
  return { turnId: event.turnId ?? '', ...event.data, queuedAt: event.at, status: 'queued' };
}

function started(turn: Turn, event: EventOf<'turn.started'>): Turn {
  return { ...turn, status: 'running', addressee: event.data.addressee, startedAt: event.at };
}
