import { type RedisProcess, spawnRedis } from '../../test/support/redis-service.ts';

/** A Redis of the benchmark's own on a free port of 127.0.0.1, which goes with this process. */
export async function startOwnRedis(port: number): Promise<RedisProcess & Disposable> {
  const redis = await spawnRedis(port);
  const kill = () => void redis.kill('SIGKILL');
  process.once('exit', kill);
  return {
    ...redis,
    [Symbol.dispose]() {
      process.off('exit', kill);
      kill();
    },
  };
}
