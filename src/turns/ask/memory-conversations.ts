import type { Clock } from '../../lib/clock.ts';
import { type Conversation, type ConversationStore, forgottenAfter } from './conversation-store.ts';

/** Conversations kept; the ones not used for longest go first. */
const mostKept = 5_000;

/** Conversations in this process's memory. */
export function createMemoryConversations(clock: Clock): ConversationStore {
  const kept = new Map<string, { conversation: Conversation; keptAt: number }>();
  /** Who came last into each conversation. */
  const inside = new Map<string, Promise<void>>();
  return {
    async load(id) {
      const found = kept.get(id);
      if (found === undefined || clock.monotonic() - found.keptAt > forgottenAfter) return undefined;
      return found.conversation;
    },
    async keep(id, conversation) {
      // Used again: it is the last to go.
      kept.delete(id);
      kept.set(id, { conversation, keptAt: clock.monotonic() });
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    },
    async enter(id) {
      const before = inside.get(id);
      const mine = Promise.withResolvers<void>();
      inside.set(id, mine.promise);
      await before;
      return async () => {
        if (inside.get(id) === mine.promise) inside.delete(id);
        mine.resolve();
      };
    },
  };
}
