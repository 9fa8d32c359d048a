import type { Server as HttpServer } from 'node:http';
import { parse as parseCookies } from 'cookie';
import { Server } from 'socket.io';
import type { RateLimits } from '../commands/rate-limits.ts';
import type { ExecuteRoomCommand } from '../commands/room-commands.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import type { TurnLock } from '../eventlog/turn-lock.ts';
import type { Clock } from '../lib/clock.ts';
import { asKibitzError, KibitzError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Accounts } from '../people/accounts.ts';
import type { OriginPolicy } from '../people/origin-policy.ts';
import { failureOf } from '../protocol/result.ts';
import type { Redis } from '../redis/redis.ts';
import { createBroadcast } from './broadcast.ts';
import { carriesBytes } from './carries-bytes.ts';
import { noDraftStore } from './draft-store.ts';
import { draftsElsewhere } from './drafts-elsewhere.ts';
import { createHandlers, type Handler } from './handlers.ts';
import { startHeads } from './heads.ts';
import { hearPeers, type TurnsHere } from './hear-peers.ts';
import { createInTurn } from './in-turn.ts';
import { createLiveReplies } from './live-replies.ts';
import { noPeers } from './peers.ts';
import { createPresence } from './presence.ts';
import { createRedisDrafts } from './redis-drafts.ts';
import { connectPeers } from './redis-peers.ts';
import { type BufferCaps, watchSlowConsumers } from './slow-consumers.ts';
import { createTabs, eventsOf, type IoServer, liveOf, type Tab } from './tabs.ts';
import { watchSessions } from './watch-sessions.ts';

type Deps = {
  http: HttpServer;
  eventLog: EventLog;
  execute: ExecuteRoomCommand;
  accounts: Accounts;
  origins: OriginPolicy;
  limits: RateLimits;
  clock: Clock;
  log: Log;
  caps: BufferCaps;
  ping: PingTiming;
  onToken(): void;
  /** How the other processes are reached; undefined where there is no Redis. */
  redis: Redis | undefined;
  /** Names this process to the others. */
  processId: string;
  checkpointOf: TurnLock['checkpointOf'];
  turns: TurnsHere;
  onLost(): void;
};

/** Milliseconds between pings, and for which one may go unanswered before the tab is taken as gone. */
export type PingTiming = { interval: number; timeout: number };

export const defaultPing: PingTiming = { interval: 10_000, timeout: 10_000 };

/** Milliseconds that HTTP requests under way get to end when the server closes. */
const lastRequests = 1_000;

/** The sockets: who is connected, what they may ask, and what they are told. */
export function createGateway(deps: Deps) {
  const { eventLog, accounts, origins, clock, log } = deps;
  const io: IoServer = new Server(deps.http, {
    transports: ['websocket'],
    serveClient: false,
    // Compressing small frames costs five times the processor and gains nothing.
    perMessageDeflate: false,
    maxHttpBufferSize: 256 * 1024,
    pingInterval: deps.ping.interval,
    pingTimeout: deps.ping.timeout,
    // `cors` does not keep a foreign page from opening a WebSocket; this does.
    allowRequest: ({ headers }, decide) => decide(null, origins.allows(headers.origin, headers.host)),
  });
  const tabs = createTabs();
  const { redis } = deps;
  const peers = redis ? connectPeers({ io, redis, clock, log, onLost: deps.onLost }) : noPeers;
  const store = redis ? createRedisDrafts(redis) : noDraftStore;
  const presence = createPresence({ io, tabs, clock, peers, processId: deps.processId });
  const replies = createLiveReplies(
    {
      store,
      token: (token) => {
        deps.onToken();
        io.to(liveOf(token.roomId)).emit('token', token);
      },
      sources: ({ roomId, turnId, messageId }, sources) => {
        io.to(eventsOf(roomId)).emit('sources', { roomId, turnId, messageId, sources: [...sources] });
      },
      stage: (roomId, turnId, stage) => {
        io.to(eventsOf(roomId)).emit('stage', { roomId, turnId, stage });
      },
      tabsIn: tabs.countIn,
    },
    clock,
  );
  const slow = watchSlowConsumers({ io, tabs, clock, log, caps: deps.caps });
  const inTurn = createInTurn(slow.look);
  const handlers = createHandlers({
    eventLog,
    execute: deps.execute,
    tabs,
    presence,
    replies,
    draftsElsewhere: draftsElsewhere({ store, checkpointOf: deps.checkpointOf }),
    inTurn,
  });
  eventLog.subscribe(createBroadcast({ io, tabs, presence, replies, peers }));
  const heads = startHeads({ io, tabs, eventLog, clock, log });
  const sessions = watchSessions({ accounts, clock, log, sessionsHere, close: closeSession });

  hearPeers({ peers, eventLog, log, turns: deps.turns, closeSession });
  redis?.onChange((reachable) => {
    io.local.emit('peers', { reachable });
    if (!reachable) return;
    replies.keepAll();
    presence.introduce();
    heads.tellAll();
  });

  io.use((socket, next) => {
    identify(socket).then(
      () => next(),
      (reason) => next(connectError(reason)),
    );
  });

  async function identify(tab: Tab): Promise<void> {
    const { token } = tab.handshake.auth;
    const secret =
      typeof token === 'string' ? token : parseCookies(tab.handshake.headers.cookie ?? '').kibitz_session;
    tab.data = { secret: secret ?? '', caller: await callerOf(secret) };
  }

  async function callerOf(secret: string | undefined) {
    const caller = secret === undefined ? undefined : await accounts.authenticate(secret);
    if (caller === undefined)
      throw new KibitzError('unauthenticated', 'You are not signed in. Choose a name to go on.');
    return caller;
  }

  io.on('connection', (tab) => {
    if (redis?.isUp === false) tab.emit('peers', { reachable: false });
    // Rooms of Socket.IO are left before `disconnect`, ours are known until then.
    tab.on('disconnect', () => {
      for (const roomId of tabs.roomsShownBy(tab)) {
        tabs.hide(roomId, tab);
        presence.changed(roomId);
      }
    });
    tab.onAny((name: string, ...args: unknown[]) => {
      const ack = args.at(-1);
      const answer = typeof ack === 'function' ? (ack as (result: object) => void) : () => {};
      const input = typeof args[0] === 'function' ? undefined : args[0];
      void respond(tab, name, input).then(answer);
    });
  });

  /** Runs one event of a client. Never rejects: whatever happens becomes an answer. */
  async function respond(tab: Tab, name: string, input: unknown): Promise<object> {
    try {
      const handler: Handler | undefined = handlers.get(name);
      if (handler === undefined) throw new KibitzError('invalid', 'There is no such command.');
      await deps.limits.command(tab.data.caller.user.id);
      if (carriesBytes(input)) throw new KibitzError('invalid', 'Arguments: bytes are not taken here.');
      // The session is asked for each time: one that was ended elsewhere is over here too.
      tab.data.caller = await callerOf(tab.data.secret);
      return { ok: true, ...(await handler(tab, input)) };
    } catch (reason) {
      const error = asKibitzError(reason);
      if (error.code === 'internal') log.error({ err: reason, event: name }, 'a command failed');
      return failureOf(error);
    }
  }

  function closeSession(sessionId: string): void {
    for (const tab of io.of('/').sockets.values()) {
      if (tab.data.caller.sessionId !== sessionId) continue;
      for (const roomId of tabs.roomsShownBy(tab)) tab.emit('closed', { roomId, reason: 'signed_out' });
      tab.disconnect(true);
    }
  }

  function sessionsHere(): Set<string> {
    return new Set([...io.of('/').sockets.values()].map((tab) => tab.data.caller.sessionId));
  }

  accounts.onSignedOut((sessionId) => {
    closeSession(sessionId);
    peers.tell('signedOut', sessionId);
  });

  return {
    live: replies.live,
    /** The text of a reply as it was last kept for tabs of other processes. */
    draftOf: store.read,
    /** What is asked of the turns that may run in other processes. */
    others: {
      wake: (roomId: string) => peers.tell('wake', roomId),
      stop: (roomId: string, turnId: string) => peers.tell('stop', roomId, turnId),
    },
    /** Connected sockets. */
    connections: () => io.of('/').sockets.size,
    /** Lets everybody go and stops listening, the HTTP server included. */
    async close(): Promise<void> {
      heads.stop();
      slow.stop();
      sessions.stop();
      presence.stop();
      const closed = io.close();
      // Event streams and clients that never finish a request would keep the server open for ever.
      const cancel = clock.after(lastRequests, () => deps.http.closeAllConnections());
      await closed;
      cancel();
    },
  };
}

export type Gateway = ReturnType<typeof createGateway>;

function connectError(reason: unknown): Error {
  const { error } = failureOf(asKibitzError(reason));
  return Object.assign(new Error(error.message), { data: error });
}
