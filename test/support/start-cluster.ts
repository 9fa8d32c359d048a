import { describe } from 'vitest';
import type { Config } from '../../src/config.ts';
import { describeOnEachDatabase, freshSqliteUrl } from './databases.ts';
import { freshRedisConfig, hasRedis } from './redis.ts';
import { startApp, type TestApp } from './start-app.ts';

export type TestCluster = { apps: TestApp[]; [Symbol.asyncDispose](): Promise<void> };

/** Whole servers in this process that share a database and, unless told otherwise, the run's Redis. */
export async function startCluster(
  size: number,
  databaseUrl: string,
  overrides: Partial<Config> = {},
): Promise<TestCluster> {
  const config = { databaseUrl, redis: freshRedisConfig(), ...overrides };
  const apps: TestApp[] = [];
  for (let n = 0; n < size; n += 1) apps.push(await startApp(config));
  return {
    apps,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(apps.map((app) => app[Symbol.asyncDispose]()));
    },
  };
}

/** Runs a suite on both databases, where there is a Redis. */
export function describeClusters(name: string, suite: (openUrl: () => Promise<string>) => void): void {
  if (hasRedis) describeOnEachDatabase(name, suite);
  else describe.skip(name, () => suite(freshSqliteUrl));
}
