import type { Clock } from '../lib/clock.ts';
import { estimateFailedUsage, estimateUsage } from '../llm/estimate-usage.ts';
import type {
  ChatRequest,
  LanguageModel,
  StreamPart,
  StructuredRequest,
  StructuredResult,
  Usage,
} from '../llm/language-model.ts';
import { type ModelErrorKind, modelErrorKind } from '../llm/model-error.ts';
import type { CallOutcome, Tier } from './usage-call.ts';
import type { CallSink } from './usage-ledger.ts';

/** How a call came out, as far as the ledger goes. */
type Ending = {
  outcome: CallOutcome;
  usage: Usage;
  errorKind?: string;
  model?: string | undefined;
  fallback?: boolean | undefined;
};

/**
 * The same model, each of whose calls is one row of the ledger: streamed and structured, completed, failed, stopped or
 * cut. Wrapped around each endpoint, so that an answer which a second one had to give is two calls. It changes nothing of what
 * the model says, and waits for nothing.
 */
export function createMeteredModel(
  model: LanguageModel,
  ledger: CallSink,
  clock: Clock,
  tier: Tier = 'primary',
): LanguageModel {
  /** Begins a call; it is written down by the first of its endings. */
  function begin(request: ChatRequest, purpose: string) {
    const [at, begun] = [clock.now().toISOString(), clock.monotonic()];
    let firstTokenMs: number | null = null;
    const elapsed = () => Math.round(clock.monotonic() - begun);
    return {
      words() {
        firstTokenMs ??= elapsed();
      },
      end({ outcome, usage, errorKind, fallback = false, ...told }: Ending) {
        const { meter } = request;
        ledger.record({
          at,
          roomId: meter?.roomId ?? null,
          userId: meter?.userId ?? null,
          botId: meter?.botId ?? null,
          purpose: meter?.purpose ?? purpose,
          model: told.model ?? request.model ?? model.name,
          tier,
          searchTier: meter?.searchTier ?? null,
          promptTokens: usage.promptTokens,
          completionTokens: usage.completionTokens,
          estimated: usage.estimated,
          firstTokenMs,
          totalMs: elapsed(),
          fallback: fallback || tier === 'fallback',
          outcome,
          errorKind: errorKind ?? null,
          ...(meter?.reservation === undefined ? {} : { reservation: meter.reservation }),
        });
      },
    };
  }

  async function* stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<StreamPart> {
    const call = begin(request, 'reply');
    let characters = 0;
    const soFar = () => estimateUsage(request.messages, characters);
    // Stays unset when the reader leaves or has it stopped before its end.
    let ending: Ending | undefined;
    try {
      for await (const part of model.stream(request, signal)) {
        if (part.type === 'text' && part.text !== '') {
          call.words();
          characters += part.text.length;
        }
        if (part.type === 'end') {
          const { finish, usage, fallback } = part;
          const outcome = finish === 'stop' ? 'completed' : 'truncated';
          ending = { outcome, usage, model: part.model, fallback };
        }
        yield part;
      }
      ending ??= { outcome: 'truncated', usage: soFar() };
    } catch (error) {
      const told = ending?.usage;
      if (!signal.aborted)
        ending = failed(
          error,
          told ?? estimateFailedUsage(modelErrorKind(error), request.messages, characters),
        );
      throw error;
    } finally {
      call.end(ending ?? { outcome: 'stopped', usage: soFar() });
    }
  }

  async function structured<T>(
    request: StructuredRequest<T>,
    signal: AbortSignal,
  ): Promise<StructuredResult<T>> {
    const call = begin(request, request.task);
    let result: StructuredResult<T>;
    try {
      result = await model.structured(request, signal);
    } catch (error) {
      call.end(
        signal.aborted
          ? { outcome: 'stopped', usage: estimateUsage(request.messages, 0) }
          : failed(error, estimateFailedUsage(modelErrorKind(error), request.messages, 0)),
      );
      throw error;
    }
    const { source, failure, fallback } = result;
    const usage = tells(result.usage)
      ? result.usage
      : estimateFailedUsage(source === 'default' ? failure : undefined, request.messages, 0);
    call.end({
      outcome: source === 'default' ? 'failed' : 'completed',
      usage,
      model: result.model,
      fallback,
      ...(source === 'default' ? { errorKind: failure ?? 'default' } : {}),
    });
    return result;
  }

  return { name: model.name, stream, structured };
}

function failed(error: unknown, usage: Usage): Ending {
  const kind: ModelErrorKind | undefined = modelErrorKind(error);
  return { outcome: 'failed', usage, errorKind: kind ?? 'internal' };
}

const tells = ({ promptTokens, completionTokens }: Usage) => promptTokens + completionTokens > 0;
