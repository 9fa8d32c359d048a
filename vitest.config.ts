import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/services.ts'],
    setupFiles: ['test/support/set-up-file.ts'],
    pool: 'forks',
    // What a file opens it closes, so that the files can follow one another in a few processes.
    isolate: false,
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
  },
});
