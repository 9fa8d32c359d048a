import { type Clock, pause } from '../../lib/clock.ts';
import {
  type Conversation,
  type ConversationStore,
  defaultPatience,
  forgottenAfter,
  stillAnswering,
} from './conversation-store.ts';

/** Conversations kept; the ones not used for longest go first. */
const mostKept = 5_000;

/** Conversations in this process's memory. */
export function createMemoryConversations(clock: Clock, patience = defaultPatience) {
  const kept = new Map<string, { conversation: Conversation; keptAt: number }>();
  /** Resolves when who came last into each conversation has left. */
  const inside = new Map<string, Promise<void>>();

  function keep(id: string, conversation: Conversation): void {
    // Used again: it is the last to go.
    kept.delete(id);
    kept.set(id, { conversation, keptAt: clock.monotonic() });
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  }

  /** Whether `before` came to its end while one had patience. */
  async function hasEnded(before: Promise<void>, signal: AbortSignal): Promise<boolean> {
    const done = new AbortController();
    const late = pause(clock, patience, AbortSignal.any([signal, done.signal])).then(() => false);
    const isFree = await Promise.race([before.then(() => true), late]);
    done.abort();
    return isFree;
  }

  const store: ConversationStore = {
    async load(id) {
      const found = kept.get(id);
      if (found === undefined || clock.monotonic() - found.keptAt > forgottenAfter) return undefined;
      return found.conversation;
    },
    async enter(id, signal) {
      const before = inside.get(id);
      const mine = Promise.withResolvers<void>();
      const leave = () => {
        if (inside.get(id) === mine.promise) inside.delete(id);
        mine.resolve();
      };
      inside.set(id, mine.promise);
      if (before !== undefined && !(await hasEnded(before, signal))) {
        // Who waits behind one that gave up waits for the same end.
        void before.then(leave);
        signal.throwIfAborted();
        throw stillAnswering();
      }
      return { keep: async (conversation) => keep(id, conversation), leave: async () => leave() };
    },
  };
  return { ...store, forget: (id: string) => void kept.delete(id) };
}

export type MemoryConversations = ReturnType<typeof createMemoryConversations>;
