import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The repository's ignored `data/`: on its disk, while `/tmp` may be memory. */
const parent = join(import.meta.dirname, '../../data');

/** A folder for one run, which goes with it. */
export function temporaryFolder(): { path: string; [Symbol.dispose](): void } {
  mkdirSync(parent, { recursive: true });
  const path = mkdtempSync(join(parent, 'bench-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
