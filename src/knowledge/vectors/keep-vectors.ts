import { isKnown, type LoggedEvent } from '../../domain/event.ts';
import type { Clock } from '../../lib/clock.ts';
import { KibitzError } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import type { SourceKey } from '../library.ts';
import type { Embedder } from './embedder.ts';
import type { TextToEmbed, VectorStore } from './vector-store.ts';

/** Sources worked on at once, and passages of a source that are asked for together. */
const atOnce = 2;
const together = 64;
/** Milliseconds until what failed is tried again, doubled each time that nothing went well; and the longest. */
const firstPause = 60_000;
const longestPause = 30 * 60_000;
/** Failures in a row after which the endpoint is left alone until then. */
const mostFailures = 3;

type Job = SourceKey & { userId?: string | undefined };
type Deps = { store: VectorStore; embedder: Embedder; clock: Clock; log: Log };

/**
 * Has the vectors of passages made, behind what brings them in: a few sources at once. A source without vectors is found by its words
 * meanwhile. What fails is tried again later, and at the next start.
 */
export function keepVectors({ store, embedder, clock, log }: Deps) {
  const waiting: Job[] = [];
  const working = new Map<string, Promise<void>>();
  /** How often each failed: those that never did go first. */
  const failed = new Map<string, number>();
  const ending = new AbortController();
  let inARow = 0;
  let pauses = 0;
  let cancelLook: (() => void) | undefined;

  const nameOf = ({ roomId, sourceId }: SourceKey) => `${roomId} ${sourceId}`;

  function soon(job: Job): void {
    const isKnown = working.has(nameOf(job)) || waiting.some((one) => nameOf(one) === nameOf(job));
    if (!isKnown) waiting.push(job);
    work();
  }

  function work(): void {
    while (working.size < atOnce && !ending.signal.aborted) {
      const job = waiting.shift();
      if (job === undefined) return;
      const done = make(job).finally(() => {
        working.delete(nameOf(job));
        work();
      });
      working.set(nameOf(job), done);
    }
  }

  /** Never throws. */
  async function make(job: Job): Promise<void> {
    let isWhole = false;
    let isMine = false;
    try {
      isMine = await store.claim(job);
      // Whoever has it may have died with it.
      if (!isMine) return later();
      for (;;) {
        const texts = await store.missing(job, together);
        if (texts.length === 0) break;
        const { roomId, userId } = job;
        const vectors = await embedder.embed(
          { roomId, userId, texts: texts.map(said), patience: 'again' },
          ending.signal,
        );
        const made = texts.flatMap(({ ordinal }, index) => {
          const vector = vectors[index];
          return vector === undefined ? [] : [{ ordinal, vector }];
        });
        if (made.length < texts.length) throw new Error('there are fewer vectors than texts');
        await store.save(job, made);
      }
      isWhole = true;
      failed.delete(nameOf(job));
      [inARow, pauses] = [0, 0];
    } catch (reason) {
      if (ending.signal.aborted) return;
      log.warn({ err: reason, roomId: job.roomId, sourceId: job.sourceId }, 'a source has no vectors yet');
      failed.set(nameOf(job), (failed.get(nameOf(job)) ?? 0) + 1);
      // A budget that is spent is the room's matter, not the endpoint's.
      if (!(reason instanceof KibitzError && reason.code === 'rate_limited')) inARow += 1;
      if (inARow >= mostFailures) waiting.length = 0;
      later();
    } finally {
      if (isMine)
        await store.release(job, isWhole).catch((reason: unknown) => {
          log.warn({ err: reason, ...job }, 'a source stays claimed until that lapses');
        });
    }
  }

  function later(): void {
    if (cancelLook !== undefined) return;
    const wait = Math.min(firstPause * 2 ** pauses, longestPause);
    pauses += 1;
    cancelLook = clock.after(wait, () => {
      cancelLook = undefined;
      inARow = 0;
      void look();
    });
  }

  /** Takes up all that lacks vectors. */
  async function look(): Promise<void> {
    try {
      const pending = await store.pending();
      const failures = (key: SourceKey) => failed.get(nameOf(key)) ?? 0;
      for (const key of pending.toSorted((a, b) => failures(a) - failures(b))) soon(key);
    } catch (reason) {
      if (ending.signal.aborted) return;
      log.warn({ err: reason }, 'sources without vectors could not be looked for');
      later();
    }
  }

  return {
    soon,
    /** Takes up the sources that a room's log tells of. */
    hear(roomId: string, events: readonly LoggedEvent[]): void {
      for (const event of events) {
        if (!isKnown(event) || event.kind !== 'source.added') continue;
        const { actor, data } = event;
        soon({ roomId, sourceId: data.sourceId, userId: actor.type === 'user' ? actor.id : undefined });
      }
    },
    look,
    /** Resolves when nothing is being made. */
    async settled(): Promise<void> {
      while (working.size > 0) await Promise.all(working.values());
    },
    async close(): Promise<void> {
      cancelLook?.();
      waiting.length = 0;
      ending.abort(new KibitzError('unavailable', 'The server is going down.'));
      await Promise.all(working.values());
    },
  };
}

export type VectorKeeper = ReturnType<typeof keepVectors>;

/** A passage with what it stands under, which its own words may leave out. */
function said({ title, heading, text }: TextToEmbed): string {
  return [heading === '' ? title : `${title} — ${heading}`, text].join('\n');
}
