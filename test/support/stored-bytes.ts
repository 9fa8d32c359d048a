import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Everything a SQLite database has on disk, its log included, as text in which a secret could be searched. */
export function storedBytes(databaseUrl: string): string {
  const folder = dirname(databaseUrl.replace('sqlite:', ''));
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'latin1'))
    .join('\n');
}
