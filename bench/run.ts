/** `npm run bench -- NAME… [--quick]`: runs benchmarks one after the other, each in a process of its own. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { machine } from './lib/machine.ts';

const benchmarks = [
  'many-rooms',
  'whole-path',
  'fanout',
  'first-token',
  'append',
  'open',
  'redis',
  'redis-away',
  'comeback',
  'idle',
] as const;
const isBenchmark = (name: string): boolean => benchmarks.some((one) => one === name);
/** Milliseconds after which a benchmark is stuck. */
const limit = 5 * 60_000;

const wanted = process.argv.slice(2).filter((argument) => argument !== '--quick');
const isQuick = process.argv.includes('--quick');

if (wanted.length === 0 || !wanted.every((name) => isBenchmark(name) || name === 'all')) {
  console.error(`usage: npm run bench -- ${[...benchmarks, 'all'].join('|')} [--quick]`);
  process.exit(2);
}

console.log(`${machine()}\n${new Date().toISOString()}${isQuick ? ' · quick: too short to be quoted' : ''}`);
for (const name of wanted.includes('all') ? benchmarks : wanted) {
  console.log(`\n## ${name}\n`);
  const file = join(import.meta.dirname, `${name}.ts`);
  const { status } = spawnSync(process.execPath, [file, ...(isQuick ? ['--quick'] : [])], {
    stdio: 'inherit',
    timeout: limit,
  });
  if (status !== 0) process.exitCode = 1;
}
