import { randomBytes } from 'node:crypto';
import { describe, inject } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { connectRedis, type Redis } from '../../src/redis/redis.ts';
import { afterFile } from './left-behind.ts';
import { createRecordedLog } from './silent-log.ts';
import { until } from './until.ts';

const redisUrl = inject('redisUrl');

/** Whether this run has a Redis; if not, the run's output says why. */
export const hasRedis = redisUrl !== null;

/** A place of its own in the run's Redis. */
export function freshRedisConfig(): { url: string; prefix: string } {
  if (redisUrl === null) throw new Error('this run has no Redis: guard the suite with hasRedis');
  return { url: redisUrl, prefix: `${inject('redisPrefix')}${randomBytes(4).toString('hex')}` };
}

/** Connections to the run's Redis that are up; they are closed after the test file. */
export async function openRedis(config = freshRedisConfig()): Promise<Redis> {
  const redis = connectRedis({ ...config, clock: systemClock, log: createRecordedLog() });
  afterFile(() => redis.close());
  await until('Redis', () => redis.isUp);
  return redis;
}

/** Runs a suite once without a Redis and once with one. */
export function describeInMemoryAndRedis(
  name: string,
  suite: (open: () => Promise<Redis | undefined>) => void,
) {
  describe(`${name} (memory)`, () => suite(async () => undefined));
  describe.skipIf(!hasRedis)(`${name} (Redis)`, () => suite(openRedis));
}
