import type { LanguageModel, StreamPart, Usage } from '../../src/llm/language-model.ts';

export const someUsage: Usage = { promptTokens: 7, completionTokens: 5, estimated: false };

export const never = () => new AbortController().signal;

export const ask = (text: string) => ({ messages: [{ role: 'user' as const, content: text }] });

export function end(model = 'fake'): StreamPart {
  return { type: 'end', finish: 'stop', usage: someUsage, model, fallback: false };
}

export const text = (piece: string): StreamPart => ({ type: 'text', text: piece });

/** A step of a fake stream: a part, an error to throw, or silence until the signal is aborted. */
export type FakeStep = StreamPart | Error | 'silence';

export type FakeModel = LanguageModel & { signals: AbortSignal[]; requests: object[] };

/** A model whose every stream takes these steps; `structured` must be given where it is used. */
export function fakeModel(
  name: string,
  steps: readonly FakeStep[],
  structured: LanguageModel['structured'] = () => Promise.reject(new Error('not scripted')),
): FakeModel {
  const signals: AbortSignal[] = [];
  const requests: object[] = [];
  return {
    name,
    signals,
    requests,
    async *stream(request, signal) {
      requests.push(request);
      signals.push(signal);
      for (const step of steps) {
        signal.throwIfAborted();
        if (step === 'silence') await aborted(signal);
        else if (step instanceof Error) throw step;
        else yield step;
      }
      signal.throwIfAborted();
    },
    structured: (request, signal) => {
      requests.push(request);
      return structured(request, signal);
    },
  };
}

/** Rejects with the reason as soon as `signal` is aborted. */
export function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** All parts of a stream and, where it throws, the error. */
export async function drain(
  stream: AsyncIterable<StreamPart>,
): Promise<{ parts: StreamPart[]; error: unknown }> {
  const parts: StreamPart[] = [];
  try {
    for await (const part of stream) parts.push(part);
    return { parts, error: undefined };
  } catch (error) {
    return { parts, error };
  }
}

/** What a reader of these parts has on the screen at the end. */
export function shown(parts: readonly StreamPart[]): string {
  let visible = '';
  for (const part of parts) {
    if (part.type === 'restart') visible = '';
    if (part.type === 'text') visible += part.text;
  }
  return visible;
}

export function endOf(parts: readonly StreamPart[]): Extract<StreamPart, { type: 'end' }> | undefined {
  return parts.find((part) => part.type === 'end');
}
