import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

/** What is nothing but functions: its files can follow one another in one process. */
const pure = ['cards', 'client', 'domain', 'history', 'llm', 'protocol'].map(
  (part) => `test/${part}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    pool: 'forks',
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
          exclude: pure,
          globalSetup: ['test/support/services.ts'],
          // Modules are loaded as the server loads them, which takes half as long.
          experimental: { viteModuleRunner: false, nodeLoader: false },
        },
      },
      { extends: true, test: { name: 'together', include: pure, isolate: false } },
    ],
  },
});
