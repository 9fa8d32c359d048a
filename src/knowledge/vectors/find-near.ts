import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Embedder } from './embedder.ts';
import { type Near, nearIn } from './source-vectors.ts';
import type { VectorCache } from './vector-cache.ts';
import type { VectorStore } from './vector-store.ts';

/** Milliseconds for a question's vector and what is near it; people wait meanwhile. */
const deadline = 2_000;
/** Passages less like the question than this, or than this share of the most like, do not speak of the same. */
const leastLikeness = 0.3;
const leastShare = 0.8;
const mostNear = 20;
/** Characters of a question whose meaning is asked for. */
const mostRead = 2_000;

type Deps = { store: VectorStore; cache: VectorCache; embedder: Embedder; clock: Clock; log: Log };

/** Finds the passages of a room whose meaning is nearest to a question's, best first; never throws, and finds nothing in place of it. */
export type FindNear = (roomId: string, question: string, userId: string | undefined) => Promise<Near[]>;

export function createFindNear({ store, cache, embedder, clock, log }: Deps): FindNear {
  async function find(
    roomId: string,
    question: string,
    userId: string | undefined,
    signal: AbortSignal,
  ): Promise<Near[]> {
    const texts = [question.slice(0, mostRead).toWellFormed().trim()];
    const sources = texts[0] === '' ? [] : await store.sources(roomId);
    if (sources.length === 0) return [];
    const [wanted] = await embedder.embed({ roomId, userId, texts, patience: 'once' }, signal);
    if (wanted === undefined) return [];
    const near: Near[] = [];
    for (const sourceId of sources) {
      signal.throwIfAborted();
      const key = `${roomId} ${sourceId}`;
      const vectors = cache.find(key) ?? (await store.load({ roomId, sourceId }));
      cache.keep(key, vectors);
      near.push(...nearIn(vectors, wanted, leastLikeness));
      await nextTurn();
    }
    near.sort((a, b) => b.likeness - a.likeness);
    const least = (near[0]?.likeness ?? 0) * leastShare;
    return near.filter(({ likeness }) => likeness >= least).slice(0, mostNear);
  }

  return (roomId, question, userId) =>
    new Promise((resolve) => {
      const late = new AbortController();
      const nothing = (reason: unknown) => {
        log.warn({ err: reason, roomId }, 'the library was searched by words alone');
        resolve([]);
      };
      // Does not wait for what does not heed its signal.
      const cancel = clock.after(deadline, () => {
        late.abort(new Error('the vector of a question took too long'));
        nothing(late.signal.reason);
      });
      find(roomId, question, userId, late.signal)
        .then(resolve, (reason: unknown) => late.signal.aborted || nothing(reason))
        .finally(cancel);
    });
}
