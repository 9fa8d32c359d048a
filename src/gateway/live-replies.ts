import type { OfferedSource } from '../domain/offered-source.ts';
import type { Cancel, Clock } from '../lib/clock.ts';
import type { Draft } from '../protocol/room-join.ts';
import type { Token } from '../protocol/server-events.ts';
import type { LiveReply, LiveText } from '../turns/live-text.ts';
import type { DraftStore } from './draft-store.ts';

/**
 * Milliseconds between frames of one reply, and how much each tab adds to which this process writes live text, of whatever
 * room: a frame to a tab costs a write, and fewer, larger frames are all that helps when there are many.
 */
const frameEvery = 33;
const frameCostPerTab = 0.02;
/** Milliseconds after which those tabs are counted anew. */
const countEvery = 250;

type Running = LiveReply & {
  gen: number;
  /** What the tabs have been sent; a draft is exactly this, so that what follows continues it. */
  sent: string;
  pending: string;
  sources?: readonly OfferedSource[];
  cancelFrame?: Cancel | undefined;
};

type Outlet = {
  token(token: Token): void;
  /** Keeps the drafts for other processes. */
  store: DraftStore;
  stage(roomId: string, turnId: string, stage: string): void;
  sources: LiveText['sources'];
  tabsIn(roomId: string): number;
};

/**
 * The replies that are being written: gathers their text into frames and keeps what was sent for tabs that come late.
 * The first words of a reply go out at once.
 */
export function createLiveReplies(outlet: Outlet, clock: Clock) {
  const running = new Map<string, Running>();
  let [tabs, countedAt] = [0, Number.NEGATIVE_INFINITY];

  function pause(): number {
    if (clock.monotonic() - countedAt >= countEvery) {
      countedAt = clock.monotonic();
      const rooms = new Set([...running.values()].map(({ roomId }) => roomId));
      tabs = [...rooms].reduce((sum, roomId) => sum + outlet.tabsIn(roomId), 0);
    }
    return Math.max(frameEvery, tabs * frameCostPerTab);
  }

  function flush(reply: Running): void {
    reply.cancelFrame?.();
    reply.cancelFrame = undefined;
    if (reply.pending === '') return;
    send(reply, reply.pending);
    reply.pending = '';
    reply.cancelFrame = clock.after(pause(), () => flush(reply));
  }

  function send(reply: Running, text: string): void {
    const { roomId, turnId, messageId, botId, gen } = reply;
    // Kept before it is sent: who hears of it finds it kept.
    if (text !== '') outlet.store.add(turnId, text);
    outlet.token({ roomId, turnId, messageId, botId, gen, offset: reply.sent.length, text });
    reply.sent += text;
  }

  /** Whether there was such a reply. */
  function forget(turnId: string): boolean {
    // What still waits was not part of the turn's end: who lost the turn must not say it after its successor ended it.
    running.get(turnId)?.cancelFrame?.();
    return running.delete(turnId);
  }

  const live: LiveText = {
    stage: outlet.stage,
    begin: (reply) => {
      const begun = { ...reply, gen: 0, sent: '', pending: '' };
      running.set(reply.turnId, begun);
      outlet.store.put(draftOf(begun));
    },
    sources: (named, sources) => {
      const reply = running.get(named.turnId);
      if (reply !== undefined) {
        reply.sources = sources;
        outlet.store.put(draftOf(reply));
      }
      outlet.sources(named, sources);
    },
    add: (turnId, text) => {
      const reply = running.get(turnId);
      if (reply === undefined) return;
      reply.pending += text;
      // Within a pause the text waits for its end; past it, or at the start, there is nothing to wait for.
      if (reply.cancelFrame === undefined) flush(reply);
    },
    restart: (turnId) => {
      const reply = running.get(turnId);
      if (reply === undefined) return;
      reply.gen += 1;
      reply.pending = '';
      reply.sent = '';
      outlet.store.put(draftOf(reply));
      // Without text, so that the void text goes at once.
      send(reply, '');
    },
    end: (turnId) => {
      if (forget(turnId)) outlet.store.drop(turnId);
    },
    leave: forget,
  };

  return {
    live,
    /** Sends what waits of a turn's text: before any event of that turn. */
    flush(turnId: string): void {
      const reply = running.get(turnId);
      if (reply !== undefined) flush(reply);
    },
    draftsOf: (roomId: string): Draft[] =>
      [...running.values()].filter((reply) => reply.roomId === roomId).map(draftOf),
    /** Keeps all drafts anew, for a store that may have lost some. */
    keepAll(): void {
      for (const reply of running.values()) outlet.store.put(draftOf(reply));
    },
  };
}

export type LiveReplies = ReturnType<typeof createLiveReplies>;

function draftOf({ turnId, messageId, botId, gen, sent, sources }: Running): Draft {
  return {
    turnId,
    messageId,
    botId,
    gen,
    text: sent,
    ...(sources === undefined ? {} : { sources: [...sources] }),
  };
}
