import type { Clock } from '../lib/clock.ts';
import { asMessages, type EmbeddingModel } from '../llm/embedding-model.ts';
import { estimateFailedUsage, estimateUsage } from '../llm/estimate-usage.ts';
import { modelErrorKind } from '../llm/model-error.ts';
import type { UsageCall } from './usage-call.ts';
import type { CallSink } from './usage-ledger.ts';

/** The same model, each of whose calls is one row of the ledger. */
export function createMeteredEmbeddings(
  model: EmbeddingModel,
  ledger: CallSink,
  clock: Clock,
): EmbeddingModel {
  return {
    name: model.name,
    async embed(request, signal) {
      const { texts, meter } = request;
      const [at, begun] = [clock.now().toISOString(), clock.monotonic()];
      const record = (ending: Pick<UsageCall, 'outcome' | 'errorKind' | 'promptTokens' | 'estimated'>) =>
        ledger.record({
          at,
          roomId: meter?.roomId ?? null,
          userId: meter?.userId ?? null,
          botId: null,
          purpose: meter?.purpose ?? 'embedding',
          model: model.name,
          tier: 'primary',
          searchTier: null,
          completionTokens: 0,
          firstTokenMs: null,
          totalMs: Math.round(clock.monotonic() - begun),
          fallback: false,
          ...ending,
          ...(meter?.reservation === undefined ? {} : { reservation: meter.reservation }),
        });
      try {
        const embedded = await model.embed(request, signal);
        record({ outcome: 'completed', errorKind: null, ...embedded.usage });
        return embedded;
      } catch (error) {
        const kind = modelErrorKind(error);
        const messages = asMessages(texts);
        if (signal.aborted) record({ outcome: 'stopped', errorKind: null, ...estimateUsage(messages, 0) });
        else
          record({
            outcome: 'failed',
            errorKind: kind ?? 'internal',
            ...estimateFailedUsage(kind, messages, 0),
          });
        throw error;
      }
    },
  };
}
