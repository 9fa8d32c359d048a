import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The repository's ignored `data/`: on its disk, while `/tmp` may be memory. */
const parent = join(import.meta.dirname, '../../data');

/** A folder for one run, which goes with it, or with the process where that ends first. */
export function temporaryFolder(): { path: string; [Symbol.dispose](): void } {
  mkdirSync(parent, { recursive: true });
  const path = mkdtempSync(join(parent, 'bench-'));
  const remove = () => rmSync(path, { recursive: true, force: true });
  process.once('exit', remove);
  return {
    path,
    [Symbol.dispose]() {
      process.off('exit', remove);
      remove();
    },
  };
}
