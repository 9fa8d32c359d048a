import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Config } from '../../src/config.ts';
import { findChromium, launchChromium } from './chromium.ts';
import { startApp, type TestApp } from './start-app.ts';

export const hasChromium = findChromium() !== null;

export type Site = {
  /** Where the file's server is. */
  readonly url: string;
  /** A browser profile of its own, as another person has it; it ends with the test. */
  profile(options?: BrowserContextOptions): Promise<BrowserContext>;
};

/** One Chromium and one server for all tests of a file; what a test opened is closed after it. */
export function openSite(configure: () => Partial<Config> = () => ({})): Site {
  let started: { browser: Browser; app: TestApp } | undefined;
  const contexts: BrowserContext[] = [];
  const site = () => {
    if (started === undefined) throw new Error('no Chromium: guard the test with hasChromium');
    return started;
  };
  beforeAll(async () => {
    const browser = await launchChromium();
    if (browser !== null) started = { browser, app: await startApp(configure()) };
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });
  afterAll(async () => {
    await started?.browser.close();
    await started?.app[Symbol.asyncDispose]();
  });
  return {
    get url() {
      return site().app.url;
    },
    async profile(options = {}) {
      const context = await site().browser.newContext({ reducedMotion: 'reduce', ...options });
      context.setDefaultTimeout(8_000);
      contexts.push(context);
      return context;
    },
  };
}
