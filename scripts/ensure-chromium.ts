/** Before the tests: a Chromium for those that open the page. Installs one where that is safe to do unasked. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from '../test/support/chromium.ts';

function install(): string | undefined {
  if (!existsSync('/etc/debian_version')) return 'only Debian and its kin are served by this script';
  if (process.getuid?.() !== 0) return 'installing it needs root';
  console.log('chromium: not found; running apt-get update and apt-get install -y chromium');
  const steps = [['update'], ['install', '-y', '--no-install-recommends', 'chromium']];
  for (const step of steps) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const { status } = spawnSync('apt-get', ['-q', ...step], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env,
    });
    if (status !== 0) return `apt-get ${step[0]} failed`;
  }
  return undefined;
}

const reason = findChromium() === null ? install() : undefined;
const found = findChromium();
if (found !== null) {
  console.log(`chromium: ${found}`);
} else {
  console.error(
    `chromium: none (${reason ?? 'not where it is expected'}). Tests in a browser are skipped; set CHROMIUM_PATH to run them.`,
  );
  if (process.env.CI) process.exitCode = 1;
}
