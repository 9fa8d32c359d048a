import type { ChatMessage, Meter, Usage } from './language-model.ts';

/** Texts whose meaning is asked for, in one call. */
export type EmbeddingRequest = {
  texts: readonly string[];
  /** Milliseconds for the call. */
  deadline: number;
  meter?: Meter;
};

/** One vector for each text, in their order, all as long and of length 1. */
export type Embedded = { vectors: Float32Array[]; usage: Usage; model: string };

/** A model that tells what texts mean. Failures are thrown as `modelError`s; an aborted signal throws its reason. */
export type EmbeddingModel = {
  /** The model's name at its endpoint: vectors of different names do not compare. */
  readonly name: string;
  embed(request: EmbeddingRequest, signal: AbortSignal): Promise<Embedded>;
};

/** The texts as what a chat would be asked with, for what reckons in that. */
export function asMessages(texts: readonly string[]): ChatMessage[] {
  return texts.map((content) => ({ role: 'user', content }));
}
