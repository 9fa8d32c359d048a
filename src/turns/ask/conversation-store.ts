import type { Numbering } from '../../domain/offered-source.ts';
import { KibitzError } from '../../lib/errors.ts';

/** A question and its answer, as they are shown to the model again. */
export type Pair = { question: string; answer: string };

/** What somebody asked on the side before. */
export type Conversation = { owner: string; pairs: readonly Pair[]; numbering: Numbering };

/** Milliseconds without use after which a conversation is forgotten. */
export const forgottenAfter = 60 * 60 * 1_000;

/** Milliseconds for which one waits until the question before has its answer. */
export const defaultPatience = 10_000;

/** The time in which somebody is alone in a conversation. */
export type Visit = {
  /** Throws when it could not be kept, or when somebody else has come in meanwhile. */
  keep(conversation: Conversation): Promise<void>;
  /** Lets the next one in. */
  leave(): Promise<void>;
};

/** Where conversations are kept, each for an hour since it was last kept. */
export type ConversationStore = {
  /** Undefined when it is forgotten, or never was. */
  load(id: string): Promise<Conversation | undefined>;
  /** Waits until nobody else is in the conversation; throws `unavailable` when that takes too long. */
  enter(id: string, signal: AbortSignal): Promise<Visit>;
};

/** Why one who waited for long enough does not get in. */
export function stillAnswering(): KibitzError {
  return new KibitzError(
    'unavailable',
    'Your question before this one is still being answered. Ask again when it is done.',
  );
}
