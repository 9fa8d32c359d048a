import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRateLimits, defaultRates } from './commands/rate-limits.ts';
import { createRoomCommands } from './commands/room-commands.ts';
import { createSourceCommands } from './commands/source-commands.ts';
import type { Config } from './config.ts';
import { openDatabase } from './db/open-database.ts';
import { createEventLog } from './eventlog/event-log.ts';
import { pruneResults } from './eventlog/prune-results.ts';
import { createTurnLock } from './eventlog/turn-lock.ts';
import { createGateway, defaultPing, type Gateway, type PingTiming } from './gateway/gateway.ts';
import { defaultCaps } from './gateway/slow-consumers.ts';
import { goDown } from './go-down.ts';
import { createHttp } from './http/create-http.ts';
import { createLibrary } from './knowledge/create-library.ts';
import { createFileReader } from './knowledge/file-reader.ts';
import { keepSwept } from './knowledge/keep-swept.ts';
import type { Clock } from './lib/clock.ts';
import { KibitzError } from './lib/errors.ts';
import type { NewId } from './lib/ids.ts';
import type { Log } from './lib/log.ts';
import { vectorsOf } from './library-vectors.ts';
import type { StreamLimits } from './llm/stream-limits.ts';
import { meteredModelOf } from './metered-model.ts';
import { createMetrics } from './metrics.ts';
import { createAccounts } from './people/accounts.ts';
import { createBots } from './people/bots.ts';
import { createRoomMaker } from './people/create-room.ts';
import { createRoomForker } from './people/fork-room.ts';
import { createRoomImporter } from './people/import-room.ts';
import { createInvites } from './people/invites.ts';
import { createRoomJoiner } from './people/join-room.ts';
import { createOriginPolicy } from './people/origin-policy.ts';
import { protocolVersion } from './protocol/version.ts';
import { connectRedis } from './redis/redis.ts';
import { createAsker } from './turns/ask/ask.ts';
import { createConversations } from './turns/ask/conversations.ts';
import { createMemoryConversations } from './turns/ask/memory-conversations.ts';
import { createRedisConversations } from './turns/ask/redis-conversations.ts';
import { createSharedConversations } from './turns/ask/shared-conversations.ts';
import { createFactDrafter } from './turns/draft-fact.ts';
import { defaultLeaseTiming, leaseTiming } from './turns/hold-lease.ts';
import { keepBriefs } from './turns/keep-brief.ts';
import { passagesOf } from './turns/library-passages.ts';
import type { LiveText } from './turns/live-text.ts';
import type { OtherProcesses } from './turns/other-processes.ts';
import { defaultBudget } from './turns/prompt.ts';
import { createStopTurn } from './turns/stop-turn.ts';
import { createTurnRunner } from './turns/turn-runner.ts';

export type AppDeps = {
  config: Config;
  clock: Clock;
  newId: NewId;
  log: Log;
  /** How long and large a reply may get; unset: as usual. */
  replyLimits?: StreamLimits;
  /** How soon a tab that is heard of no more is taken as gone; unset: as usual. */
  ping?: PingTiming;
};

export type App = {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  url: string;
  /** Lets running turns end for up to `grace` milliseconds, then lets everybody go: at most `goodbyes` later, whatever hangs. */
  close(grace: number): Promise<void>;
};

/** Milliseconds for each step of going down, past the grace that running turns have; and for all four of them. */
const step = 2_500;
export const goodbyes = 4 * step;

/** Builds a Kibitz server and starts it: the one place where the parts meet. */
export async function createApp({
  config,
  clock,
  newId,
  log,
  replyLimits,
  ping = defaultPing,
}: AppDeps): Promise<App> {
  const db = await openDatabase(config.databaseUrl, config.databaseConnections).catch((reason: Error) => {
    throw new Error(`DATABASE_URL: ${reason.message}`, { cause: reason });
  });
  const redis = config.redis && connectRedis({ ...config.redis, clock, log });
  const eventLog = createEventLog({ db, clock, newId, log });
  const accounts = createAccounts(db, clock, newId);
  const invites = createInvites(db, clock, newId);
  const bots = createBots(db, clock, newId);
  let gateway: Gateway | undefined;
  const metrics = createMetrics(() => gateway?.connections() ?? 0, redis);
  const { model, usage, budgets, serverBudget, counted } = meteredModelOf(
    { ...config, limits: replyLimits },
    { db, eventLog, metrics, clock, newId, log },
  );
  const lock = createTurnLock(db);
  const limits = createRateLimits(defaultRates);

  const vectors = vectorsOf(config, { db, clock, log, counted, budgets });
  const library = createLibrary(db, vectors?.findNear);
  if (vectors !== undefined) eventLog.subscribe((roomId, events) => vectors.keeper.hear(roomId, events));
  const findPassages = passagesOf(library);
  const ownConversations = createMemoryConversations(clock);

  const http = createServer();
  await listen(http, config);
  const { port } = http.address() as AddressInfo;
  const publicUrl = config.publicUrl ?? `http://localhost:${port}`;
  const origins = createOriginPolicy(publicUrl, port);

  // The runner speaks through the gateway, whose commands stop the runner's turns.
  const live: LiveText = {
    stage: (...args) => gateway?.live.stage(...args),
    begin: (...args) => gateway?.live.begin(...args),
    sources: (...args) => gateway?.live.sources(...args),
    add: (...args) => gateway?.live.add(...args),
    restart: (...args) => gateway?.live.restart(...args),
    end: (...args) => gateway?.live.end(...args),
    leave: (...args) => gateway?.live.leave(...args),
  };
  const others: OtherProcesses = {
    wake: (...args) => gateway?.others.wake(...args),
    stop: (...args) => gateway?.others.stop(...args),
  };
  const processId = newId();
  const runner = createTurnRunner({
    parts: {
      eventLog,
      model,
      live,
      log,
      newId,
      clock,
      budget: defaultBudget,
      findPassages,
      classifierModel: config.classifierModel,
      findBot: bots.find,
    },
    lock,
    clock,
    log,
    timing: config.turnLeaseMs === undefined ? defaultLeaseTiming : leaseTiming(config.turnLeaseMs),
    holder: processId,
    others,
    draftOf: async (turnId) => gateway?.draftOf(turnId),
  });
  const stopTurn = createStopTurn({ eventLog, lock, runner, others, clock });
  const briefs = keepBriefs({ eventLog, clock, log });
  const results = pruneResults({ db, clock, log });
  // What is asked of the model outside of turns.
  const drafting = new AbortController();
  const execute = createRoomCommands({
    eventLog,
    bots,
    stopTurn,
    forkRoom: createRoomForker({ eventLog, copySources: library.copy, newId, log }),
    draftFact: createFactDrafter(model, config.classifierModel, drafting.signal),
    limits,
  });
  metrics.watch(eventLog);

  http.on(
    'request',
    createHttp({
      eventLog,
      execute,
      sources: createSourceCommands({
        eventLog,
        library,
        readFile: createFileReader(),
        clock,
        newId,
        log,
      }),
      library,
      accounts,
      invites,
      bots,
      createRoom: createRoomMaker({ eventLog, bots, newId }),
      importRoom: createRoomImporter({ eventLog, bots, newId }),
      joinRoom: createRoomJoiner({ eventLog, invites }),
      ask: createAsker({
        model,
        findPassages,
        conversations: createConversations({
          store: redis
            ? createSharedConversations(createRedisConversations(redis, clock, newId), ownConversations)
            : ownConversations,
          newId,
          log,
        }),
        budget: defaultBudget,
      }),
      origins,
      limits,
      usage,
      serverBudget,
      clock,
      log,
      publicUrl,
      trustedProxies: config.trustedProxies ?? ['loopback'],
      info: {
        protocolVersion,
        demoModel: config.endpoint === undefined,
        model: model.name,
        signup: config.signup,
      },
      checkReady: async () => {
        if (isClosing) throw new KibitzError('unavailable', 'The server is going down.');
        await db.ping();
        // Without Redis a process serves its own tabs, and hears of the rest through the database: that is no reason to
        // take it out of service, and all the others with it.
        return { database: 'up', ...(redis === undefined ? {} : { redis: redis.isUp ? 'up' : 'away' }) };
      },
      metrics: metrics.render,
    }),
  );
  gateway = createGateway({
    http,
    eventLog,
    execute,
    accounts,
    origins,
    limits,
    clock,
    log,
    caps: defaultCaps,
    ping,
    onToken: metrics.countToken,
    redis,
    processId,
    checkpointOf: lock.checkpointOf,
    turns: { wake: runner.wake, stop: runner.stop },
    onLost: metrics.countLost,
  });
  runner.start();
  void vectors?.keeper.look();
  const swept = keepSwept(library, clock, log);

  let isClosing = false;
  return {
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    close: async (grace) => {
      isClosing = true;
      briefs.close();
      drafting.abort(new KibitzError('unavailable', 'The server is going down.'));
      await goDown(
        { clock, log },
        { name: 'turns', within: grace + step, end: () => runner.drain(grace) },
        { name: 'connections', within: step, end: async () => gateway?.close() },
        {
          name: 'writes',
          within: step,
          end: () =>
            Promise.all([
              vectors?.keeper.close(),
              swept.close(),
              eventLog.settled(),
              usage.settled(),
              budgets.settled(),
              results.close(),
            ]),
        },
        { name: 'database', within: step, end: () => db.close() },
      );
      redis?.close();
    },
  };
}

/** Listens, or throws one line that names the variable on account of which it cannot. */
async function listen(http: Server, { host, port }: Config): Promise<void> {
  http.listen(port, host);
  try {
    await once(http, 'listening');
  } catch (reason) {
    throw new Error(whyNotListening(reason as NodeJS.ErrnoException, host, port), { cause: reason });
  }
}

function whyNotListening({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `PORT: ${port} is in use already on ${host}`;
    case 'EACCES':
      return `PORT: ${port} may not be used by whoever runs this process`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST: there is no address by the name of ${host}`;
    case 'EADDRNOTAVAIL':
      return `HOST: ${host} is not an address of this machine`;
    default:
      return `HOST: ${message}`;
  }
}
