import { asMessages, type EmbeddingModel } from '../llm/embedding-model.ts';
import type { Budgets } from './budgets.ts';

/** The same model within budgets: a call that a budget has no room for is refused in words, and not made. */
export function createBudgetedEmbeddings(model: EmbeddingModel, budgets: Budgets): EmbeddingModel {
  return {
    name: model.name,
    async embed(request, signal) {
      const { texts, meter } = request;
      const wanted = { messages: asMessages(texts), maxTokens: 0, ...(meter === undefined ? {} : { meter }) };
      const held = await budgets.reserve(wanted);
      try {
        if (held === undefined || meter === undefined) return await model.embed(request, signal);
        return await model.embed({ ...request, meter: { ...meter, reservation: held.id } }, signal);
      } finally {
        held?.release();
      }
    },
  };
}
