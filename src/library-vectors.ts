import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import { openVectors } from './knowledge/vectors/open-vectors.ts';
import type { Clock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import { createOpenAiEmbeddings } from './llm/openai-embeddings.ts';
import { embedderOf } from './turns/library-embedder.ts';
import { createBudgetedEmbeddings } from './usage/budgeted-embeddings.ts';
import type { Budgets } from './usage/budgets.ts';
import { createMeteredEmbeddings } from './usage/metered-embeddings.ts';
import type { CallSink } from './usage/usage-ledger.ts';

type Deps = { db: Database; clock: Clock; log: Log; counted: CallSink; budgets: Budgets };

/** The search of libraries by meaning, where the configuration names a model for it. */
export function vectorsOf(
  { endpoint, embeddingModel }: Pick<Config, 'endpoint' | 'embeddingModel'>,
  { db, clock, log, counted, budgets }: Deps,
) {
  if (endpoint === undefined || embeddingModel === undefined) return undefined;
  const { baseUrl, apiKey } = endpoint;
  const model = createOpenAiEmbeddings({ baseURL: baseUrl, apiKey, model: embeddingModel, clock });
  const paid = createBudgetedEmbeddings(createMeteredEmbeddings(model, counted, clock), budgets);
  return openVectors(db, embedderOf(paid, clock), clock, log);
}
