import { KibitzError } from '../../lib/errors.ts';
import type { Conversation, ConversationStore, Visit } from './conversation-store.ts';
import type { MemoryConversations } from './memory-conversations.ts';

/**
 * Conversations that all processes share, and while that is not possible, this process's own. What was kept here goes on here,
 * also once the shared store is back; the next pair moves it there.
 */
export function createSharedConversations(
  shared: ConversationStore,
  own: MemoryConversations,
): ConversationStore {
  /** Undefined while the shared store is away: there is nobody then to be kept out. */
  async function enterShared(id: string, signal: AbortSignal): Promise<Visit | undefined> {
    try {
      return await shared.enter(id, signal);
    } catch (reason) {
      signal.throwIfAborted();
      // Somebody is in it: the store is there.
      if (reason instanceof KibitzError) throw reason;
      return undefined;
    }
  }

  return {
    async load(id) {
      let found: Conversation | undefined;
      let failure: { cause: unknown } | undefined;
      try {
        found = await shared.load(id);
      } catch (cause) {
        failure = { cause };
      }
      found ??= await own.load(id);
      if (found !== undefined || failure === undefined) return found;
      throw new KibitzError(
        'unavailable',
        'What you asked before cannot be reached right now. Try again in a moment, or begin anew.',
        undefined,
        failure,
      );
    },
    async enter(id, signal) {
      const here = await own.enter(id, signal);
      try {
        const everywhere = await enterShared(id, signal);
        if (everywhere === undefined) return here;
        return {
          async keep(conversation) {
            try {
              await everywhere.keep(conversation);
            } catch (reason) {
              await here.keep(conversation);
              throw reason;
            }
            own.forget(id);
          },
          leave: async () => {
            await everywhere.leave();
            await here.leave();
          },
        };
      } catch (reason) {
        await here.leave();
        throw reason;
      }
    },
  };
}
