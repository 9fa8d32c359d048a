import type { Embedder } from '../knowledge/vectors/embedder.ts';
import type { Clock } from '../lib/clock.ts';
import { embedInBatches } from '../llm/embed-in-batches.ts';
import type { EmbeddingModel } from '../llm/embedding-model.ts';

/** Milliseconds for a call, and how often one that fails is made: while somebody waits, and while nobody does. */
const patiences = { once: { deadline: 1_900, tries: 1 }, again: { deadline: 60_000, tries: 3 } } as const;

/** Has the texts of libraries understood by a model. */
export function embedderOf(model: EmbeddingModel, clock: Clock): Embedder {
  return {
    model: model.name,
    embed({ roomId, userId, texts, patience }, signal) {
      const meter = { purpose: 'embedding', roomId, ...(userId === undefined ? {} : { userId }) };
      return embedInBatches(model, { texts, meter, ...patiences[patience] }, signal, clock);
    },
  };
}
