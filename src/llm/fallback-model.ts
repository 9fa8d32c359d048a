import { type Clock, systemClock } from '../lib/clock.ts';
import { addUsage } from './estimate-usage.ts';
import type {
  ChatRequest,
  LanguageModel,
  StreamPart,
  StructuredRequest,
  StructuredResult,
} from './language-model.ts';
import { isWorthFallback, isWorthFallbackKind, modelErrorKind } from './model-error.ts';

/** What of a logger is needed here; pino's is one. */
export type ModelLog = { warn(fields: object, message: string): void };

/** The part of a structured call's time the first model may use when a second one stands by. */
const primaryShare = 0.6;

/**
 * `primary`, and `secondary` where it fails in a way another endpoint may not (see `isWorthFallback`). A request's own
 * model name is the primary's and is not passed on. A stopped call never falls back.
 */
export function withFallback(
  primary: LanguageModel,
  secondary: LanguageModel,
  log: ModelLog,
  clock: Clock = systemClock,
): LanguageModel {
  const names = { primary: primary.name, secondary: secondary.name };

  async function* stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<StreamPart> {
    let shown = false;
    let failure: unknown;
    try {
      for await (const part of primary.stream(request, signal)) {
        if (part.type === 'text' && part.text !== '') shown = true;
        yield part;
      }
      return;
    } catch (error) {
      if (signal.aborted || !isWorthFallback(error)) throw error;
      failure = error;
    }
    log.warn({ ...names, err: failure, shown }, 'the model failed, the fallback model takes over');
    try {
      for await (const part of secondary.stream(forSecondary(request), signal)) {
        // Only now: should the second model fail at once, too, what the first one said stays.
        if (shown) yield { type: 'restart' };
        shown = false;
        yield part.type === 'end' ? { ...part, fallback: true } : part;
      }
    } catch (error) {
      signal.throwIfAborted();
      log.warn({ ...names, err: error }, 'the fallback model failed as well');
      throw moreUseful(failure, error);
    }
  }

  async function structured<T>(
    request: StructuredRequest<T>,
    signal: AbortSignal,
  ): Promise<StructuredResult<T>> {
    const begun = clock.monotonic();
    const first = await primary.structured(
      { ...request, deadline: Math.ceil(request.deadline * primaryShare) },
      signal,
    );
    if (first.source !== 'default' || !isWorthFallbackKind(first.failure)) return first;
    const { failure, reason } = first;
    log.warn(
      { ...names, task: request.task, failure, reason },
      'the model failed, the fallback model is asked',
    );
    const left = request.deadline - (clock.monotonic() - begun);
    if (left <= 0) return first;
    const second = await secondary.structured({ ...forSecondary(request), deadline: left }, signal);
    return { ...second, fallback: true, usage: addUsage(first.usage, second.usage) };
  }

  return { name: primary.name, stream, structured };
}

function forSecondary<R extends ChatRequest>(request: R): Omit<R, 'model'> {
  const { model: _, ...rest } = request;
  return rest;
}

/**
 * When both fail, people are told what they can act on: that waiting helps, if either says so. Otherwise it is the
 * first model's failure, since that is the model they know; the second one's is in the log.
 */
function moreUseful(primary: unknown, secondary: unknown): unknown {
  const waitingHelps =
    modelErrorKind(secondary) === 'rate_limited' && modelErrorKind(primary) !== 'rate_limited';
  return waitingHelps ? secondary : primary;
}
