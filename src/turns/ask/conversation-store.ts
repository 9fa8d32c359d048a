import type { Numbering } from '../../domain/offered-source.ts';

/** A question and its answer, as they are shown to the model again. */
export type Pair = { question: string; answer: string };

/** What somebody asked on the side before. */
export type Conversation = { owner: string; pairs: readonly Pair[]; numbering: Numbering };

/** Milliseconds without use after which a conversation is forgotten. */
export const forgottenAfter = 60 * 60 * 1_000;

/** Where conversations are kept, each for an hour since it was last kept. Throws `unavailable` while it cannot be reached. */
export type ConversationStore = {
  /** Undefined when it is forgotten, or never was. */
  load(id: string): Promise<Conversation | undefined>;
  keep(id: string, conversation: Conversation): Promise<void>;
  /** Waits until nobody else, in whatever process, is in the conversation. Resolves to how to let the next one in. */
  enter(id: string, signal: AbortSignal): Promise<() => Promise<void>>;
};
