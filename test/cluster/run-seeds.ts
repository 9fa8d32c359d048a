import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runMix } from '../../scripts/verify/mix.ts';
import { report } from '../../scripts/verify/report.ts';
import { checkHistory } from '../support/history-checker.ts';
import { type FaultCluster, startFaultCluster } from './fault-cluster.ts';
import { type Complaint, planFaults, unleash } from './nemesis.ts';

/** Milliseconds in which things go wrong, and in which all must come to rest after that. */
const duration = 3_000;
const quietWithin = 30_000;

const usualSeeds = 20;
const hasRedisServer = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedisServer && process.env.CI) throw new Error('no redis-server in PATH, and CI is set');

/** The seeds of this run: `CLUSTER_SEED=17` for one, `CLUSTER_SEEDS=500` for the first 500, `CLUSTER_SEEDS=501-600` for those. With `CLUSTER_REPORT` set each tells its page. */
function seeds(): number[] {
  const { CLUSTER_SEED: one, CLUSTER_SEEDS: many = String(usualSeeds) } = process.env;
  if (one !== undefined) return [Number(one)];
  const [first, last] = many.includes('-') ? many.split('-').map(Number) : [1, Number(many)];
  return Array.from({ length: (last ?? 0) - (first ?? 1) + 1 }, (_, index) => (first ?? 1) + index);
}

/** Every fourth seed is for SQLite, the others are for PostgreSQL. */
export const isForSqlite = (seed: number): boolean => seed % 4 === 0;

/** Runs the seeds that `isMine` one after the other on one cluster, each in rooms of its own. */
export function describeSeeds(
  name: string,
  isMine: (seed: number) => boolean,
  canRun: boolean,
  openUrl: () => Promise<string>,
): void {
  const mine = seeds().filter(isMine);
  describe.skipIf(!hasRedisServer || !canRun || mine.length === 0)(name, () => {
    let cluster: FaultCluster;
    beforeAll(async () => {
      cluster = await startFaultCluster(await openUrl());
    });
    afterAll(() => cluster.close());

    test.each(mine.length === 0 ? [0] : mine)(
      'seed %i: whatever goes wrong, every invariant holds',
      async (seed) => {
        const faults = planFaults(seed, duration, cluster.slots.length);
        const logged = cluster.slots.map(({ server }) => server.lines.length);
        let done: Promise<Complaint[]> = Promise.resolve([]);
        let fallen: Complaint[] = [];
        const history = await runMix({
          urls: cluster.urls,
          seed,
          duration,
          rooms: 2,
          people: 3,
          spectators: 1,
          pace: 120,
          quietWithin,
          onBegin: () => {
            done = unleash(cluster, faults);
          },
          onEnd: async () => {
            await done;
            fallen = await revive(cluster);
          },
        });
        const judgement = checkHistory(history);
        const complaints = [...(await done), ...fallen, ...unexpected(cluster, logged)];
        const command = `CLUSTER_SEED=${seed} npx vitest run test/cluster`;
        if (process.env.CLUSTER_REPORT !== undefined)
          process.stderr.write(`${report(history, judgement, command)}\n`);
        if (judgement.violations.length > 0 || complaints.length > 0) {
          const page = report(history, judgement, command);
          expect.fail([...complaints, `faults: ${JSON.stringify(faults)}`, page].join('\n'));
        }
        expect(judgement.checked.I1).toBeGreaterThan(0);
      },
      120_000,
    );
  });
}

/** Starts what is not up although nobody ended it, so that the next seed begins with all. */
async function revive({ slots }: FaultCluster): Promise<Complaint[]> {
  const fallen = slots.filter(({ isUp }) => !isUp);
  const complaints = await Promise.all(
    fallen.map(async (slot) => {
      const how = await slot.server.exited;
      await slot.start();
      return `${slot.url} ended by itself with ${how}`;
    }),
  );
  return complaints;
}

/** What the processes logged as their own failure. */
function unexpected({ slots }: FaultCluster, from: readonly number[]): Complaint[] {
  return slots.flatMap(({ server }, index) =>
    server.lines
      .slice(Math.min(from[index] ?? 0, server.lines.length))
      .filter((line) => /"level":60|unhandled rejection|uncaught exception/.test(line)),
  );
}
