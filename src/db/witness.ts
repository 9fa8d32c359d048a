import { constants, readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Database } from './database.ts';
import { renewIncarnation, written } from './incarnation.ts';
import { driveAsync } from './steps.ts';

/** Milliseconds between looks; with many rooms a look may take longer, and has at most a hundredth of the time. */
const lookEvery = 1_000;
const share = 100;

/** Where it stands in the file: numbers of one width, so that each is written over the last in one piece. */
const width = 16;

/**
 * A SQLite file that notices when an older copy was put in its place. A small file beside it, `FILE-latest`, says how much
 * was written at least; it is not part of what is copied over `FILE`, and a copy of both is another file with another
 * number. Nobody may have the file open while it is exchanged.
 */
export async function openWitnessed(db: Database, path: string): Promise<Database> {
  if (path === ':memory:') return db;
  const witness = `${path}-latest`;
  const { dev, ino } = statSync(path);
  let last = Number.NaN;
  let timer: NodeJS.Timeout | undefined;
  let notBefore = 0;
  let looking = Promise.resolve();

  /** Writes down how much there is. A process that knows less than another does no harm: it is only less. */
  async function look(): Promise<void> {
    const begun = performance.now();
    const count = await driveAsync(written(db), async (query) => ({ rows: await db.run(query), changed: 0 }));
    notBefore = begun + Math.max(lookEvery, share * (performance.now() - begun));
    if (count === last) return;
    await writeWitness(witness, count);
    last = count;
  }

  /** One after the other. On a full disk it stays as it is; the next write looks again. */
  function lookNow(): Promise<void> {
    looking = looking.then(look).catch(() => {});
    return looking;
  }

  /** At once after a quiet time, so that hardly anything goes unseen, and then now and again. */
  function soon(): void {
    timer ??= setTimeout(
      () => {
        timer = undefined;
        void lookNow();
      },
      Math.max(0, notBefore - performance.now()),
    ).unref();
  }

  await renewIncarnation(db, `${dev}.${ino}`, () => readWitness(witness));
  await lookNow();
  return {
    ...db,
    transact: async (...task) => {
      const result = await db.transact(...task);
      soon();
      return result;
    },
    close: async () => {
      clearTimeout(timer);
      await lookNow();
      await db.close();
    },
  };
}

/** 0 where there is none, or none that can be read. */
function readWitness(path: string): number {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10) || 0;
  } catch {
    return 0;
  }
}

async function writeWitness(path: string, count: number): Promise<void> {
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT);
  try {
    await file.write(`${String(count).padStart(width - 1)}\n`, 0);
  } finally {
    await file.close();
  }
}
