import { parentPort, workerData } from 'node:worker_threads';
import { KibitzError } from '../lib/errors.ts';
import type { FromWorker, ToWorker } from './file-reader.ts';
import { readFile } from './read-file.ts';

/** The thread that reads one file and ends. What it throws goes out as an answer. */
const { bytes, name } = workerData as ToWorker;

async function answer(): Promise<FromWorker> {
  try {
    return { ok: true, file: await readFile(bytes, name) };
  } catch (reason) {
    if (reason instanceof KibitzError) {
      return { ok: false, code: reason.code, message: reason.message, cause: String(reason.cause ?? '') };
    }
    return { ok: false, cause: reason instanceof Error ? (reason.stack ?? reason.message) : String(reason) };
  }
}

parentPort?.postMessage(await answer());
