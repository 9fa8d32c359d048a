import { APIError } from 'openai';
import type { Clock } from '../lib/clock.ts';
import { estimateUsage } from './estimate-usage.ts';
import type { ChatRequest, LanguageModel, StreamPart, Usage } from './language-model.ts';
import { mapOpenAiError } from './map-openai-error.ts';
import { modelError } from './model-error.ts';
import { createOpenAiClient, type Endpoint } from './openai-client.ts';
import { readCompletionBody, readCompletionStream } from './read-response.ts';
import { notTheProtocol } from './status-error.ts';
import { type Complete, createStructured } from './structured.ts';

export type OpenAiModelOptions = Endpoint & {
  model: string;
  clock: Clock;
  fetch?: typeof globalThis.fetch;
};

/** How long a finished reply waits for the usage that follows it; some endpoints send none and keep the line open. */
const usageGrace = 2_000;

/**
 * A model behind any OpenAI-compatible endpoint. Sets no time limits of its own on a stream: `withStreamLimits` does.
 * Responses are read without the client's own iterator, which costs three times as much per token.
 */
export function createOpenAiModel(options: OpenAiModelOptions): LanguageModel {
  const { clock } = options;
  const client = createOpenAiClient(options, options.fetch);
  const secrets = [options.apiKey ?? '', new URL(options.baseURL).password];
  const mapError = (thrown: unknown) => mapOpenAiError(thrown, clock.now(), secrets);
  const modelOf = (request: ChatRequest) => request.model ?? options.model;
  // OpenAI's newer models refuse `max_tokens`; everybody else's endpoints know nothing else.
  const limitName =
    new URL(options.baseURL).hostname === 'api.openai.com' ? 'max_completion_tokens' : 'max_tokens';
  let takesStreamOptions = true;

  const parametersOf = (request: ChatRequest) => ({
    model: modelOf(request),
    messages: [...request.messages],
    ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
    ...(request.maxTokens === undefined ? {} : { [limitName]: request.maxTokens }),
  });

  const openStream = async (request: ChatRequest, signal: AbortSignal): Promise<Response> => {
    const withUsage = takesStreamOptions ? { stream_options: { include_usage: true } } : {};
    try {
      return await client.chat.completions
        .create({ ...parametersOf(request), stream: true, ...withUsage }, { signal })
        .asResponse();
    } catch (error) {
      if (!takesStreamOptions || !refuses(error, 'stream_options')) throw error;
      takesStreamOptions = false;
      return openStream(request, signal);
    }
  };

  async function* stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<StreamPart> {
    signal.throwIfAborted();
    const grace = new AbortController();
    const either = AbortSignal.any([signal, grace.signal]);
    let endGrace = () => {};
    let characters = 0;
    let usage: Usage | undefined;
    let model = modelOf(request);
    let finish: string | undefined;
    try {
      for await (const completion of readCompletionStream(await openStream(request, either))) {
        signal.throwIfAborted();
        usage = completion.usage ?? usage;
        model = completion.model ?? model;
        if (completion.finish !== undefined && finish === undefined) {
          finish = completion.finish;
          endGrace = clock.after(usageGrace, () => grace.abort());
        }
        if (completion.text === '') continue;
        characters += completion.text.length;
        yield { type: 'text', text: completion.text };
      }
    } catch (error) {
      signal.throwIfAborted();
      // The reply was complete; only its usage is lost.
      if (finish === undefined) throw mapError(error);
    } finally {
      endGrace();
    }
    signal.throwIfAborted();
    if (finish === undefined && characters === 0) throw modelError('garbage', notTheProtocol);
    yield {
      type: 'end',
      finish: finishOf(finish),
      usage: usage ?? estimateUsage(request.messages, characters),
      model,
      fallback: false,
    };
  }

  const complete: Complete = async (request, signal) => {
    const format = request.jsonSchema && {
      // Not `strict`: that refuses every schema with an optional field. The answer is checked here anyway.
      response_format: {
        type: 'json_schema' as const,
        json_schema: { name: request.task.replace(/[^\w-]/g, '_'), schema: request.jsonSchema },
      },
    };
    try {
      const response = await client.chat.completions
        .create({ ...parametersOf(request), ...format }, { signal })
        .asResponse();
      const { text, usage, model } = await readCompletionBody(response);
      return {
        text,
        usage: usage ?? estimateUsage(request.messages, text.length),
        model: model ?? modelOf(request),
      };
    } catch (error) {
      signal.throwIfAborted();
      throw mapError(error);
    }
  };

  return { name: options.model, stream, structured: createStructured(complete, clock) };
}

function refuses(error: unknown, parameter: string): boolean {
  return (
    error instanceof APIError &&
    (error.status === 400 || error.status === 422) &&
    error.message.includes(parameter)
  );
}

/** No reason at the end of the stream means that it was cut; a filter cuts it, too. */
function finishOf(reason: string | undefined): 'stop' | 'length' | 'truncated' {
  if (reason === undefined || reason === 'content_filter') return 'truncated';
  return reason === 'length' || reason === 'max_tokens' ? 'length' : 'stop';
}
