import { z } from 'zod';
import type { Clock } from '../lib/clock.ts';
import { asMessages, type EmbeddingModel } from './embedding-model.ts';
import { estimateUsage } from './estimate-usage.ts';
import { mapOpenAiError } from './map-openai-error.ts';
import { modelError } from './model-error.ts';
import { createOpenAiClient, type Endpoint } from './openai-client.ts';

export type OpenAiEmbeddingOptions = Endpoint & {
  model: string;
  clock: Clock;
  fetch?: typeof globalThis.fetch;
};

const answerSchema = z.object({
  data: z.array(z.object({ index: z.int().nonnegative().optional(), embedding: z.array(z.number()).min(1) })),
  usage: z.object({ prompt_tokens: z.number().nonnegative() }).optional(),
});

/** A model behind the `/embeddings` of any OpenAI-compatible endpoint; one request a call, and no second try. */
export function createOpenAiEmbeddings(options: OpenAiEmbeddingOptions): EmbeddingModel {
  const { clock, model } = options;
  const client = createOpenAiClient(options, options.fetch);
  const secrets = [options.apiKey ?? '', new URL(options.baseURL).password];

  return {
    name: model,
    async embed({ texts, deadline }, signal) {
      signal.throwIfAborted();
      const late = new AbortController();
      const cancel = clock.after(deadline, () => late.abort());
      try {
        const answer = await client.embeddings
          // As numbers: not every endpoint knows the shorter form that the client would ask for.
          .create(
            { model, input: [...texts], encoding_format: 'float' },
            { signal: AbortSignal.any([signal, late.signal]) },
          )
          .asResponse();
        const { data, usage } = read(await answer.text());
        return {
          vectors: inOrder(data, texts.length),
          usage:
            usage === undefined
              ? estimateUsage(asMessages(texts), 0)
              : { promptTokens: usage.prompt_tokens, completionTokens: 0, estimated: false },
          model,
        };
      } catch (error) {
        signal.throwIfAborted();
        if (late.signal.aborted) throw modelError('timeout', 'The model endpoint took too long to answer.');
        throw mapOpenAiError(error, clock.now(), secrets);
      } finally {
        cancel();
      }
    },
  };
}

const notEmbeddings = 'The model endpoint answered with something that is not a list of embeddings.';

function read(text: string): z.infer<typeof answerSchema> {
  try {
    return answerSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw modelError('garbage', notEmbeddings, cause);
  }
}

function inOrder(data: z.infer<typeof answerSchema>['data'], count: number): Float32Array[] {
  const vectors: Float32Array[] = [];
  data.forEach(({ index, embedding }, place) => {
    vectors[index ?? place] = unit(embedding);
  });
  const size = vectors[0]?.length;
  const isWhole = vectors.length === count && data.length === count;
  // Not `every`, which passes over what is missing.
  for (let at = 0; at < count; at += 1)
    if (!isWhole || vectors[at]?.length !== size) throw modelError('garbage', notEmbeddings);
  return vectors;
}

/** The vector of length 1 that points the same way; nowhere stays nowhere. */
function unit(numbers: readonly number[]): Float32Array {
  const length = Math.hypot(...numbers);
  return Float32Array.from(numbers, (number) => (length === 0 ? 0 : number / length));
}
