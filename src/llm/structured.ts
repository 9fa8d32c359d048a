import type { Clock } from '../lib/clock.ts';
import { addUsage, noUsage } from './estimate-usage.ts';
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts';
import type {
  ChatMessage,
  ChatRequest,
  LanguageModel,
  StructuredRequest,
  StructuredResult,
  Usage,
} from './language-model.ts';
import { type ModelErrorKind, modelError, modelErrorKind, modelErrorStatus } from './model-error.ts';
import { parseTolerant } from './parse-tolerant.ts';

/** A request for one whole answer; with `jsonSchema`, the endpoint is to hold the model to it. */
export type CompleteRequest = ChatRequest & { task: string; jsonSchema?: JsonSchema };

/** One answer of a model as text. Throws `modelError`s, and the signal's reason when it is aborted. */
export type Complete = (
  request: CompleteRequest,
  signal: AbortSignal,
) => Promise<{ text: string; usage: Usage; model: string }>;

/** How much of an unusable answer is shown to the model again. */
const mostShownAgain = 6_000;

/**
 * Structured calls over a model that can only complete text: the schema is given to the endpoint where it takes one
 * and in words where not, the answer is read tolerantly, and one repair is asked for that names what was wrong.
 */
export function createStructured(complete: Complete, clock: Clock): LanguageModel['structured'] {
  /** Models whose endpoint refused a `response_format`, by the name they were asked under. */
  const refusing = new Set<string | undefined>();

  /** Asks under the endpoint's own schema enforcement if it has one, and remembers if it has not. */
  const ask = async (request: CompleteRequest, inWords: string, signal: AbortSignal) => {
    const { jsonSchema, ...plain } = request;
    const asWords = () =>
      complete({ ...plain, messages: withInstruction(request.messages, inWords) }, signal);
    // Endpoints that take schemas want an object at the top.
    if (jsonSchema?.type !== 'object' || refusing.has(request.model)) return asWords();
    try {
      return await complete(request, signal);
    } catch (error) {
      if (!refusedRequest(error)) throw error;
      const answer = await asWords();
      // The same request without a schema went through, so it was the schema that was refused.
      refusing.add(request.model);
      return answer;
    }
  };

  return async function structured<T>(
    { schema, deadline, fallback, ...chat }: StructuredRequest<T>,
    signal: AbortSignal,
  ): Promise<StructuredResult<T>> {
    signal.throwIfAborted();
    const late = new AbortController();
    const cancel = clock.after(deadline, () =>
      late.abort(modelError('timeout', 'The model did not answer in time.')),
    );
    const either = AbortSignal.any([signal, late.signal]);
    const jsonSchema = jsonSchemaOf(schema);
    const inWords = schemaInWords(jsonSchema);
    let usage = noUsage;
    let model: string | undefined;
    const giveUp = (failure: ModelErrorKind, reason: string): StructuredResult<T> => ({
      value: fallback,
      source: 'default',
      failure,
      reason,
      usage,
      ...(model === undefined ? {} : { model }),
    });

    try {
      const first = await ask({ ...chat, jsonSchema }, inWords, either);
      ({ usage, model } = first);
      const parsed = parseTolerant(first.text, schema);
      if (parsed.ok) return { value: parsed.value, source: 'model', usage, model };

      const messages = [...chat.messages, ...repairRequest(first.text, parsed.problem)];
      // In words this time: an endpoint may take a schema and ignore it.
      const second = await complete({ ...chat, messages: withInstruction(messages, inWords) }, either);
      usage = addUsage(usage, second.usage);
      const repaired = parseTolerant(second.text, schema);
      if (!repaired.ok) return giveUp('garbage', `The answer did not fit: ${repaired.problem}`);
      return { value: repaired.value, source: 'repaired', reason: parsed.problem, usage, model };
    } catch (error) {
      signal.throwIfAborted();
      const kind = modelErrorKind(error);
      if (kind === undefined || !(error instanceof Error)) throw error;
      return giveUp(kind, error.message);
    } finally {
      cancel();
    }
  };
}

function refusedRequest(error: unknown): boolean {
  const status = modelErrorStatus(error);
  return status === 400 || status === 422;
}

function schemaInWords(jsonSchema: JsonSchema): string {
  return [
    'Answer with one JSON value and nothing else: no prose, no code fence. It must match this JSON schema:',
    JSON.stringify(jsonSchema),
  ].join('\n');
}

/** `messages` with `text` at their end; in the last one where it is a user's, as some models want roles to alternate. */
function withInstruction(messages: readonly ChatMessage[], text: string): ChatMessage[] {
  const last = messages.at(-1);
  if (last?.role !== 'user') return [...messages, { role: 'user', content: text }];
  return [...messages.slice(0, -1), { role: 'user', content: `${last.content}\n\n${text}` }];
}

function repairRequest(answer: string, problem: string): ChatMessage[] {
  return [
    { role: 'assistant', content: answer.slice(0, mostShownAgain) },
    {
      role: 'user',
      content: `That answer could not be used.\n${problem}\nGive the whole answer again, corrected.`,
    },
  ];
}
