import { query } from '../support/postgres-service.ts';
import { type RedisProcess, redisCommand, spawnRedis } from '../support/redis-service.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { freePort } from '../support/service.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { secondModel, startPacedModel } from './paced-model.ts';

/** Shorter than usual, so that a run of a few seconds sees leases end. */
export const leaseMs = 2_000;

/** One process of the cluster, behind an address that stays when the process is another. */
export type Slot = {
  url: string;
  server: ServerProcess;
  isUp: boolean;
  /** The ways to it, from it to Redis, and from it to the database, if that is a server. */
  ways: { clients: TcpProxy; redis: TcpProxy; database?: TcpProxy };
  start(): Promise<void>;
};

export type FaultCluster = {
  slots: Slot[];
  urls: string[];
  databaseUrl: string;
  redis: {
    signal(name: 'SIGSTOP' | 'SIGCONT'): void;
    restartEmpty(): Promise<void>;
    dropSubscribers(): Promise<void>;
  };
  /** Ends the database's connections; false where it has none. */
  dropDatabaseConnections(): Promise<boolean>;
  close(): Promise<void>;
};

/** Three processes over one database and a Redis of their own, each of which can be hurt by itself. */
export async function startFaultCluster(databaseUrl: string): Promise<FaultCluster> {
  const redisPort = await freePort();
  let redis: RedisProcess = await spawnRedis(redisPort);
  const model = await startPacedModel();
  const postgres = databaseUrl.startsWith('postgres') ? new URL(databaseUrl) : undefined;

  async function openSlot(): Promise<Slot> {
    const ways: Slot['ways'] = {
      clients: await startTcpProxy(0),
      redis: await startTcpProxy(redisPort),
      ...(postgres === undefined ? {} : { database: await startTcpProxy(Number(postgres.port || 5432)) }),
    };
    const url = `http://127.0.0.1:${ways.clients.port}`;
    const environment = {
      DATABASE_URL: throughProxy(databaseUrl, ways.database),
      REDIS_URL: `redis://127.0.0.1:${ways.redis.port}`,
      PUBLIC_URL: url,
      OPENAI_BASE_URL: model.baseURL,
      MODEL: 'paced',
      // Takes over where the first fails, so that replies start over in the midst.
      FALLBACK_BASE_URL: model.baseURL,
      FALLBACK_MODEL: secondModel,
      TURN_LEASE_MS: String(leaseMs),
      LOG_LEVEL: 'info',
    };
    const start = async () => {
      const server = await startSoon(environment);
      slot.server = server;
      slot.isUp = true;
      void server.exited.then(() => {
        if (slot.server === server) slot.isUp = false;
      });
      ways.clients.leadTo(Number(new URL(slot.server.url).port));
    };
    const slot = { url, ways, start } as Slot;
    await start();
    return slot;
  }

  // The first makes the tables.
  const first = await openSlot();
  const slots = [first, ...(await Promise.all([openSlot(), openSlot()]))];
  return {
    slots,
    urls: slots.map(({ url }) => url),
    databaseUrl,
    redis: {
      signal: (name) => redis.signal(name),
      async restartEmpty() {
        await redis.kill('SIGKILL');
        redis = await spawnRedis(redisPort);
      },
      async dropSubscribers() {
        await redisCommand(redis.url, 'CLIENT', 'KILL', 'TYPE', 'pubsub');
      },
    },
    async dropDatabaseConnections() {
      if (postgres === undefined) return false;
      const others = `datname = current_database() AND pid <> pg_backend_pid()`;
      // Two that do this at once end each other.
      await query(
        databaseUrl,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`,
      ).catch((reason: Error & { code?: string }) => {
        if (reason.code !== '57P01') throw reason;
      });
      return true;
    },
    async close() {
      for (const { server } of slots) server.kill('SIGKILL');
      await Promise.all(slots.map(({ server }) => server.exited));
      for (const { ways } of slots) {
        for (const way of Object.values(ways)) await way.close();
      }
      await redis.kill('SIGKILL');
      await model.close();
    },
  };
}

/** One that cannot reach its database says so and ends; whoever runs it starts it again. */
async function startSoon(environment: Record<string, string>, tries = 5): Promise<ServerProcess> {
  try {
    return await startServer(environment);
  } catch (reason) {
    if (tries === 1) throw reason;
    return startSoon(environment, tries - 1);
  }
}

function throughProxy(databaseUrl: string, proxy: TcpProxy | undefined): string {
  if (proxy === undefined) return databaseUrl;
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(proxy.port);
  return url.href;
}
