import { Worker } from 'node:worker_threads';
import { limits as roomLimits } from '../domain/limits.ts';
import { type ErrorCode, KibitzError } from '../lib/errors.ts';
import { tooLarge, unreadable } from './extract/refusals.ts';
import type { ReadFile } from './read-file.ts';

/** What a file may cost to read. Past a limit its thread is ended. */
export type ReadLimits = {
  bytes: number;
  /** Milliseconds. */
  time: number;
  /** Megabytes of objects, and of what is kept outside of them. */
  heap: number;
  outside: number;
  /** Files read at once, and those that may wait. */
  atOnce: number;
  waiting: number;
};

export const defaultReadLimits: ReadLimits = {
  bytes: roomLimits.sourceBytes,
  time: 30_000,
  heap: 512,
  outside: 512,
  atOnce: 2,
  waiting: 20,
};

export type ToWorker = { bytes: Uint8Array; name: string };
export type FromWorker =
  | { ok: true; file: ReadFile }
  | { ok: false; code?: ErrorCode; message?: string; cause: string };

/** Reads a file in a thread of its own; throws `too_large`, `unprocessable`, `invalid` or `unavailable`. */
export type FileReader = (bytes: Uint8Array, name: string) => Promise<ReadFile>;

/** How often the memory of a thread that reads is looked at. */
const lookEvery = 50;

export function createFileReader(limits: ReadLimits = defaultReadLimits): FileReader {
  let running = 0;
  const waiting: (() => void)[] = [];

  /** A place among the files that are read at once. */
  async function place(): Promise<void> {
    if (running < limits.atOnce) {
      running += 1;
      return;
    }
    if (waiting.length >= limits.waiting) {
      throw new KibitzError('unavailable', 'Many files are being read. Try again in a moment.');
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  return async (bytes, name) => {
    if (bytes.length === 0) throw new KibitzError('invalid', 'file: this file is empty.', { field: 'file' });
    if (bytes.length > limits.bytes) throw tooLarge(`a file may have ${limits.bytes / 1024 / 1024} MB.`);
    await place();
    try {
      return await readApart(bytes, name, limits);
    } finally {
      leave();
    }
  };
}

async function readApart(bytes: Uint8Array, name: string, limits: ReadLimits): Promise<ReadFile> {
  // A copy, which the thread takes over: what is around it in memory stays here.
  const own = new Uint8Array(bytes);
  const worker = new Worker(new URL('./read-worker.ts', import.meta.url), {
    workerData: { bytes: own, name } satisfies ToWorker,
    transferList: [own.buffer],
    // What reads a file from elsewhere knows nothing of this server.
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: limits.heap, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  });
  worker.stdout.resume();
  worker.stderr.resume();
  const stops: (() => void)[] = [];
  try {
    return await new Promise<ReadFile>((resolve, reject) => {
      worker.once('message', (answer: FromWorker) => {
        if (answer.ok) resolve(answer.file);
        else reject(refusalOf(answer));
      });
      worker.once('error', (reason) => reject(ofThread(reason)));
      worker.once('exit', () => reject(unreadable('it cannot be read.')));
      const timer = setTimeout(() => {
        reject(unreadable(`it takes longer than ${Math.ceil(limits.time / 1_000)} s to read. Split it.`));
      }, limits.time);
      const looking = setInterval(() => {
        outsideOf(worker).then((megabytes) => {
          if (megabytes > limits.outside) reject(tooMuchMemory());
        });
      }, lookEvery);
      stops.push(
        () => clearTimeout(timer),
        () => clearInterval(looking),
      );
    });
  } finally {
    for (const stop of stops) stop();
    await worker.terminate();
  }
}

/** Megabytes that a thread keeps outside of its heap, where the limits of the heap do not reach. */
async function outsideOf(worker: Worker): Promise<number> {
  try {
    const { external_memory, malloced_memory } = await worker.getHeapStatistics();
    return (external_memory + malloced_memory) / 1024 / 1024;
  } catch {
    // It has ended.
    return 0;
  }
}

const tooMuchMemory = (cause?: unknown) =>
  unreadable('it needs too much memory to read. Split it or make it simpler.', cause);

function ofThread(reason: unknown): KibitzError {
  const isMemory = reason instanceof Error && 'code' in reason && reason.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isMemory ? tooMuchMemory(reason) : unreadable('it cannot be read.', reason);
}

function refusalOf({ code, message, cause }: Extract<FromWorker, { ok: false }>): KibitzError {
  if (code === undefined || message === undefined)
    return unreadable('it is damaged and cannot be read.', cause);
  return new KibitzError(code, message, { field: 'file' }, { cause });
}
