import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type AppDeps, createApp } from '../../src/app.ts';
import type { Config } from '../../src/config.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { randomId } from '../../src/lib/ids.ts';
import { createRecordedLog, type RecordedLog } from './silent-log.ts';

export type TestApp = App & { log: RecordedLog; config: Config; [Symbol.asyncDispose](): Promise<void> };

/** A whole server in this process, on a free port, with a database of its own and the demo model at full speed. */
export async function startApp(
  overrides: Partial<Config> = {},
  deps: Partial<Pick<AppDeps, 'replyLimits' | 'clock' | 'ping'>> = {},
): Promise<TestApp> {
  const folder = mkdtempSync(join(tmpdir(), 'kibitz-app-'));
  const config: Config = {
    port: 0,
    host: '127.0.0.1',
    databaseUrl: `sqlite:${join(folder, 'kibitz.db')}`,
    signup: 'open',
    logLevel: 'silent',
    demoTokensPerSecond: 0,
    ...overrides,
  };
  const log = createRecordedLog();
  const app = await createApp({ config, clock: systemClock, newId: randomId, log, ...deps });
  return {
    ...app,
    log,
    config,
    [Symbol.asyncDispose]: async () => {
      await app.close(0);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
