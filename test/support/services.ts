import { randomBytes } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { findPostgres } from './postgres-service.ts';
import { findRedis } from './redis-service.ts';
import type { Service } from './service.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL database of this test run alone; null where there is no server. */
    postgresUrl: string | null;
    redisUrl: string | null;
    /** What every Redis key and channel of this test run begins with. */
    redisPrefix: string;
  }
}

const started: Service[] = [];

/** Finds or starts what the tests need beside Node; what cannot be had is named, and fails the run with `CI` set. */
export async function setup(project: TestProject): Promise<void> {
  const run = `kibitz_test_${randomBytes(5).toString('hex')}`;
  const redisPrefix = `${run}:`;
  project.provide('postgresUrl', await urlOf('PostgreSQL', () => findPostgres(run)));
  project.provide('redisUrl', await urlOf('Redis', () => findRedis(redisPrefix)));
  project.provide('redisPrefix', redisPrefix);
}

/** Takes away this run's data and stops what this run started. */
export async function teardown(): Promise<void> {
  const results = await Promise.allSettled(started.splice(0).map((service) => service.stop()));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

async function urlOf(name: string, find: () => Promise<Service>): Promise<string | null> {
  try {
    const service = await find();
    started.push(service);
    return service.url;
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim().replaceAll(/\s*\n\s*/g, ' ') : String(error);
    if (process.env.CI) {
      await teardown();
      throw new Error(`no ${name} for the tests, and CI is set: ${reason}`);
    }
    process.stderr.write(`tests that need ${name} are skipped: ${reason}\n`);
    return null;
  }
}
