import { expect, test } from 'vitest';
import { findChromium, launchChromium } from './chromium.ts';

test.skipIf(findChromium() === null)('Chromium starts and runs a script', async () => {
  await using browser = await launchChromium();
  const page = await browser?.newPage();
  expect(await page?.evaluate(() => 6 * 7)).toBe(42);
});
