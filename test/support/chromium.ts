import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where Chromium or Chrome is: `CHROMIUM_PATH`, else the usual places, else null. */
export function findChromium(): string | null {
  const given = process.env.CHROMIUM_PATH;
  return [...(given ? [given] : []), ...places].find((place) => existsSync(place)) ?? null;
}

/** A headless browser that talks to nobody but the tested server; null where there is none. */
export async function launchChromium(): Promise<Browser | null> {
  const executablePath = findChromium();
  if (executablePath === null) return null;
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
