import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../src/db/open-database.ts';
import { createLibrary } from '../../src/knowledge/create-library.ts';
import type { SearchTier } from '../../src/knowledge/library.ts';
import { readFile } from '../../src/knowledge/read-file.ts';
import type { Embedder } from '../../src/knowledge/vectors/embedder.ts';
import { openVectors } from '../../src/knowledge/vectors/open-vectors.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { Log } from '../../src/lib/log.ts';
import type { Question } from './questions.ts';

/** Where the first passage that answers stands, from 1; 0 when none of those told does. */
export type Measured = { question: Question; place: number; tier: SearchTier; first: string };

/** What fails goes to the console: a measure of half a search is none. */
const toConsole: Log = {
  debug: () => {},
  info: () => {},
  warn: (fields, message) => console.warn(message, fields),
  error: (fields, message) => console.error(message, fields),
};

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The documents of this repository. */
export function documents(): string[] {
  return [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'SPEC.md',
    ...globSync('docs/**/*.md', { cwd: root }),
  ].sort();
}

/** Puts the documents into the library of a room of their own and asks it the questions; by meaning too, with what tells that. */
export async function measure(questions: readonly Question[], embedder?: Embedder): Promise<Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kibitz-eval-'));
  const db = await openDatabase(`sqlite:${join(folder, 'kibitz.db')}`);
  const vectors = embedder && openVectors(db, embedder, systemClock, toConsole);
  const library = createLibrary(db, vectors?.findNear);
  try {
    for (const path of documents()) {
      const bytes = readFileSync(join(root, path));
      const { chunks, format, title = basename(path) } = await readFile(bytes, path);
      const sourceId = path.replace(/[^A-Za-z0-9]+/g, '-');
      const source = { sourceId, title, format, chunks: chunks.length, bytes: bytes.length, addedAt: '' };
      const { publish } = await library.stage('docs', source, chunks);
      await db.transact('docs', publish);
    }
    await vectors?.keeper.look();
    await vectors?.keeper.settled();
    const measured: Measured[] = [];
    for (const question of questions) {
      const { tier, passages } = await library.search('docs', question.ask);
      const place = passages.findIndex(({ heading }) => question.headings.includes(heading)) + 1;
      measured.push({ question, place, tier, first: passages[0]?.heading ?? '' });
    }
    return measured;
  } finally {
    await vectors?.keeper.close();
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How many questions are answered within 10 passages, and the mean of 1 by the place of the answer. */
export function scoreOf(measured: readonly { place: number }[]): { recall: number; mrr: number } {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    recall: mean(measured.map(({ place }) => (place > 0 ? 1 : 0))),
    mrr: mean(measured.map(({ place }) => (place > 0 ? 1 / place : 0))),
  };
}
