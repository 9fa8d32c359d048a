import type { z } from 'zod';
import type { ModelErrorKind } from './model-error.ts';

export type ChatMessage = { role: 'system' | 'user' | 'assistant'; content: string };

/** What a call is for, and for whom: for whoever keeps account of calls. No model is told it. */
export type Meter = {
  /** In a word, such as `reply`. */
  purpose: string;
  roomId?: string;
  /** Who asked for it; unset where nobody did. */
  userId?: string;
  /** The bot that speaks by it. */
  botId?: string;
  /** How the library was searched for it. */
  searchTier?: string;
  /** What its tokens were set aside under, where budgets apply. */
  reservation?: string;
};

export type ChatRequest = {
  messages: readonly ChatMessage[];
  /** Overrides the endpoint's configured model name. */
  model?: string;
  temperature?: number;
  /** Which attempt at the same reply this is, from 1: a model that always answers alike answers another way. */
  attempt?: number;
  /** The most tokens the reply may have; unset leaves it to the endpoint. */
  maxTokens?: number;
  meter?: Meter;
};

/** Tokens of one call. `estimated` when the endpoint reported none and they were counted at 4 characters a token. */
export type Usage = { promptTokens: number; completionTokens: number; estimated: boolean };

/** What a streamed reply consists of: texts, perhaps restarts, exactly one end (unless it throws). */
export type StreamPart =
  | { type: 'text'; text: string }
  /** Another model took over: all text so far is void and the reply starts again. */
  | { type: 'restart' }
  | {
      type: 'end';
      /** `length`: the reply hit a limit. `truncated`: the stream was cut before the model said it was done. */
      finish: 'stop' | 'length' | 'truncated';
      usage: Usage;
      model: string;
      /** Whether the second endpoint answered. */
      fallback: boolean;
    };

export type StructuredRequest<T> = ChatRequest & {
  /** What the task is, in a word the demo model and logs know, such as `addressee`. */
  task: string;
  /** The shape wanted; also turned into a JSON schema for endpoints that take one. */
  schema: z.ZodType<T>;
  /** Milliseconds for the whole call, its repair included. */
  deadline: number;
  /** What is returned when the model does not come up with a valid value in time. */
  fallback: T;
};

export type StructuredResult<T> = {
  value: T;
  /** Whether `value` came from the model or is the request's default, and if so why. */
  source: 'model' | 'repaired' | 'default';
  reason?: string;
  /** The kind of failure behind a default, when there was one; `garbage` when nothing valid came. */
  failure?: ModelErrorKind;
  usage: Usage;
  /** The model that answered, where it is known. */
  model?: string;
  /** Whether the second endpoint answered. */
  fallback?: boolean;
};

/**
 * A language model. Failures are thrown as `modelError`s (see `model-error.ts`). Aborting the signal ends a stream
 * by throwing the signal's reason; nothing is yielded after it.
 */
export type LanguageModel = {
  /** A name for logs and messages, such as the endpoint's model. */
  readonly name: string;
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<StreamPart>;
  /** Never throws for a model's failure, which gives the request's default; throws the reason of an aborted signal. */
  structured<T>(request: StructuredRequest<T>, signal: AbortSignal): Promise<StructuredResult<T>>;
};
