import { type Clock, pause } from '../lib/clock.ts';
import { KibitzError } from '../lib/errors.ts';
import type { EmbeddingModel } from './embedding-model.ts';
import type { Meter } from './language-model.ts';
import { isWorthFallback } from './model-error.ts';

/** Texts of one call. */
const atOnce = 64;
/** Milliseconds before a second try, doubled before each further one; and the most that an endpoint may ask for. */
const firstPause = 500;
const longestPause = 10_000;

export type BatchRequest = {
  texts: readonly string[];
  /** Milliseconds for each call. */
  deadline: number;
  /** How often a call is made that failed in a way which may pass. */
  tries: number;
  meter: Meter;
};

/** Vectors of any number of texts, a call for some of them at a time. */
export async function embedInBatches(
  model: EmbeddingModel,
  { texts, deadline, tries, meter }: BatchRequest,
  signal: AbortSignal,
  clock: Clock,
): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (let from = 0; from < texts.length; from += atOnce) {
    const request = { texts: texts.slice(from, from + atOnce), deadline, meter };
    for (let tried = 1; ; tried += 1) {
      try {
        vectors.push(...(await model.embed(request, signal)).vectors);
        break;
      } catch (error) {
        if (signal.aborted || tried >= tries || !isWorthFallback(error)) throw error;
        await pause(clock, Math.max(firstPause * 2 ** (tried - 1), askedToWait(error)), signal);
        signal.throwIfAborted();
      }
    }
  }
  return vectors;
}

function askedToWait(error: unknown): number {
  const seconds = error instanceof KibitzError ? error.details?.retryAfter : undefined;
  return typeof seconds === 'number' ? Math.min(seconds * 1_000, longestPause) : 0;
}
