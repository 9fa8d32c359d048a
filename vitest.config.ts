import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

/** What starts no processes, and leaves nothing in its own: the files can follow one another in one. */
const parts = [
  'cards',
  'client',
  'commands',
  'domain',
  'history',
  'http',
  'llm',
  'people',
  'protocol',
  'turns',
  'usage',
];
const together = parts.map((part) => `test/${part}/**/*.test.ts`);

export default defineConfig({
  test: {
    globalSetup: ['test/support/services.ts'],
    setupFiles: ['test/support/set-up-file.ts'],
    pool: 'forks',
    // Modules are loaded as the server loads them, which takes half as long.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // Many files mostly wait for processes that die and leases that run out, so that four at a time fill two cores.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
    restoreMocks: true,
    unstubEnvs: true,
    // Every file, and every server that one starts, is a process, which would compile the same modules anew.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url)) },
    projects: [
      {
        extends: true,
        // A process a file: tests start servers, hold locks and count handles.
        test: {
          name: 'alone',
          include: ['test/**/*.test.ts'],
          exclude: together,
        },
      },
      { extends: true, test: { name: 'together', include: together, isolate: false } },
    ],
  },
});
