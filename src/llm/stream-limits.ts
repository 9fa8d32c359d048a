import type { Clock } from '../lib/clock.ts';
import { estimateUsage } from './estimate-usage.ts';
import type { ChatRequest, LanguageModel, StreamPart } from './language-model.ts';
import { modelError } from './model-error.ts';

/** Milliseconds, except `characters` (UTF-16 units of a reply). */
export type StreamLimits = { firstToken: number; idle: number; total: number; characters: number };

export const defaultStreamLimits: StreamLimits = {
  firstToken: 60_000,
  idle: 30_000,
  total: 600_000,
  characters: 64_000,
};

/**
 * The same model whose streams end: one that is silent or lasts too long throws a `timeout`, one that grows too large
 * ends with `length`, and in each case the call behind it is aborted. Time that the reader takes is not held against
 * the model, except in total. Structured calls have their own deadline and pass through.
 */
export function withStreamLimits(model: LanguageModel, limits: StreamLimits, clock: Clock): LanguageModel {
  async function* stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<StreamPart> {
    const own = new AbortController();
    // A model ends an aborted stream by throwing the reason, so these reasons are what the reader gets.
    const giveUpAfter = (ms: number, sentence: string) =>
      clock.after(ms, () => own.abort(modelError('timeout', sentence)));
    const cancelTotal = giveUpAfter(limits.total, 'The reply took too long and was ended.');
    let cancelSilence = giveUpAfter(limits.firstToken, 'The model did not begin to answer in time.');
    let characters = 0;
    try {
      for await (const part of model.stream(request, AbortSignal.any([signal, own.signal]))) {
        if (part.type === 'text' && part.text === '') continue;
        cancelSilence();
        if (part.type === 'restart') characters = 0;
        if (part.type === 'text') {
          const room = limits.characters - characters;
          if (part.text.length > room) {
            const rest = cutAt(part.text, room);
            if (rest !== '') yield { type: 'text', text: rest };
            const usage = estimateUsage(request.messages, characters + rest.length);
            yield {
              type: 'end',
              finish: 'length',
              usage,
              model: request.model ?? model.name,
              fallback: false,
            };
            return;
          }
          characters += part.text.length;
        }
        yield part;
        cancelSilence = giveUpAfter(limits.idle, 'The model stopped in the middle of its answer.');
      }
    } finally {
      cancelTotal();
      cancelSilence();
      own.abort();
    }
  }

  return {
    name: model.name,
    stream,
    structured: (request, signal) => model.structured(request, signal),
  };
}

/** At most `length` units of `text`, never half a surrogate pair. */
function cutAt(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? length - 1 : length);
}
