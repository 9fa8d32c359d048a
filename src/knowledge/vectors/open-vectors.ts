import type { Database } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Embedder } from './embedder.ts';
import { createFindNear } from './find-near.ts';
import { keepVectors } from './keep-vectors.ts';
import { createVectorCache } from './vector-cache.ts';
import { createVectorStore } from './vector-store.ts';

/** Bytes of vectors held in memory: about 22,000 passages of 1,536 numbers each. */
const mostCached = 128 * 1024 * 1024;

/** Rooms' libraries by what they mean: what makes their vectors, and what searches them. */
export function openVectors(db: Database, embedder: Embedder, clock: Clock, log: Log) {
  const store = createVectorStore(db, embedder.model);
  const parts = { store, embedder, clock, log };
  return {
    keeper: keepVectors(parts),
    findNear: createFindNear({ ...parts, cache: createVectorCache(mostCached) }),
  };
}
