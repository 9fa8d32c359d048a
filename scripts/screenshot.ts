import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { systemClock } from '../src/lib/clock.ts';
import { randomId } from '../src/lib/ids.ts';
import { follow, makeLink, makeRoom, send, signIn } from '../test/browser/pages.ts';
import { launchChromium } from '../test/support/chromium.ts';
import { createRecordedLog } from '../test/support/silent-log.ts';

// Makes docs/room.png: a room with two people, a spectator and the demo model in the middle of a reply.

const target = fileURLToPath(new URL('../docs/room.png', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kibitz-screenshot-'));
const config = readConfig({
  PORT: '0',
  DATABASE_URL: `sqlite:${join(folder, 'kibitz.db')}`,
  DEMO_TOKENS_PER_SECOND: '25',
});
const app = await createApp({ config, clock: systemClock, newId: randomId, log: createRecordedLog() });
const browser = await launchChromium();
if (browser === null) throw new Error('a screenshot needs Chromium: run `node scripts/ensure-chromium.ts`');

try {
  const open = (scale = 1) =>
    browser.newContext({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: scale });
  const ada = await (await open(1.5)).newPage();
  await signIn(ada, app.url, 'Ada');
  await makeRoom(ada, 'Why does the nightly build fail on Tuesdays?');
  const grace = await follow(await open(), await makeLink(ada, 'To take part'), 'Grace');
  await follow(await open(), await makeLink(ada, 'To watch'), 'Linus');
  await send(
    ada,
    'The nightly build has failed every Tuesday since March. The disk is never full. Where would you look first?',
  );
  await ada.getByRole('button', { name: 'Stop' }).waitFor();
  await ada.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached', timeout: 60_000 });
  await send(grace, 'Kibitz, could you write a small shell script that lists what cron runs on Tuesdays?');
  await ada.locator('[data-draft] code').first().waitFor({ timeout: 60_000 });
  await ada
    .getByRole('button', { name: /dismiss|close|hide/i })
    .first()
    .click();
  await ada.screenshot({ path: target });
  console.log(`made ${target}`);
} finally {
  await browser.close();
  await app.close(0);
  rmSync(folder, { recursive: true, force: true });
}
