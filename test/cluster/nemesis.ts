import { setTimeout as pause } from 'node:timers/promises';
import { createRandom, type Random } from '../../scripts/verify/random.ts';
import { type FaultCluster, leaseMs, type Slot } from './fault-cluster.ts';

/** What can go wrong, and how often each does, in shares. */
const weights = {
  killProcess: 4,
  stopProcess: 3,
  terminateProcess: 2,
  restartRedis: 2,
  stopRedis: 2,
  dropSubscribers: 2,
  dropDatabaseConnections: 3,
  cutClients: 2,
  delayClients: 1,
  loseRedis: 2,
  holdRedis: 2,
  loseDatabase: 2,
  holdDatabase: 2,
};
export type FaultName = keyof typeof weights;
/** One thing that goes wrong: when, counted from the beginning, to which process, and for how long. */
export type Fault = { name: FaultName; after: number; slot: number; lasts: number };

/** What goes wrong in a run, by its seed alone. A process is out of service for one reason at a time. */
export function planFaults(seed: number, duration: number, slots: number): Fault[] {
  const random = createRandom(`${seed} nemesis`);
  const count = random.between(1, 4);
  return Array.from({ length: count }, () => {
    const name = random.weighted(weights);
    const [after, slot] = [Math.round(random.next() * duration * 0.8), random.between(0, slots - 1)];
    return { name, after, slot, lasts: lastsFor(name, random) };
  }).toSorted((a, b) => a.after - b.after);
}

function lastsFor(name: FaultName, random: Random): number {
  const past = name === 'stopProcess' ? leaseMs : 0;
  return past + random.between(200, 1_500);
}

/** What was seen to go wrong beside what was meant to. */
export type Complaint = string;

/** What is done to the one Redis of all. */
const redisFaults: ReadonlySet<FaultName> = new Set(['restartRedis', 'stopRedis', 'dropSubscribers']);

/** Carries the plan out. Resolves when everything is whole again. */
export async function unleash(cluster: FaultCluster, plan: readonly Fault[]): Promise<Complaint[]> {
  const startedAt = performance.now();
  const complaints: Complaint[] = [];
  /** What is being done to each slot, and to Redis, one after the other. */
  const busy = new Map<number | 'redis', Promise<void>>();
  for (const fault of plan) {
    await pause(Math.max(0, startedAt + fault.after - performance.now()));
    const victim = redisFaults.has(fault.name) ? 'redis' : fault.slot;
    const before = busy.get(victim) ?? Promise.resolve();
    busy.set(
      victim,
      before
        .then(() => commit(cluster, fault, complaints))
        .catch((reason) => void complaints.push(`${fault.name}: ${String(reason)}`)),
    );
  }
  await Promise.all(busy.values());
  return complaints;
}

async function commit(cluster: FaultCluster, fault: Fault, complaints: Complaint[]): Promise<void> {
  const slot = cluster.slots[fault.slot] as Slot;
  const { server, ways } = slot;
  const lasting = async (begin: () => void, end: () => void) => {
    begin();
    await pause(fault.lasts);
    end();
  };
  switch (fault.name) {
    case 'killProcess':
      server.kill('SIGKILL');
      await server.exited;
      return slot.start();
    case 'stopProcess':
      return lasting(
        () => server.kill('SIGSTOP'),
        () => server.kill('SIGCONT'),
      );
    case 'terminateProcess': {
      server.kill('SIGTERM');
      const exit = await server.exited;
      if (exit !== 0) complaints.push(`a process that was asked to go ended with ${exit}`);
      return slot.start();
    }
    case 'restartRedis':
      return cluster.redis.restartEmpty();
    case 'stopRedis':
      return lasting(
        () => cluster.redis.signal('SIGSTOP'),
        () => cluster.redis.signal('SIGCONT'),
      );
    case 'dropSubscribers':
      return cluster.redis.dropSubscribers();
    case 'dropDatabaseConnections':
      await cluster.dropDatabaseConnections();
      return;
    case 'cutClients':
      return ways.clients.cut();
    case 'delayClients':
      return lasting(() => ways.clients.delay(150), ways.clients.heal);
    case 'loseRedis':
      return lasting(ways.redis.refuse, ways.redis.heal);
    case 'holdRedis':
      return lasting(ways.redis.hold, ways.redis.heal);
    case 'loseDatabase':
      return ways.database && lasting(ways.database.refuse, ways.database.heal);
    case 'holdDatabase':
      return ways.database && lasting(ways.database.hold, ways.database.heal);
  }
}
