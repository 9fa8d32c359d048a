import type { Numbering } from '../../domain/offered-source.ts';
import { KibitzError } from '../../lib/errors.ts';
import type { NewId } from '../../lib/ids.ts';
import type { Log } from '../../lib/log.ts';
import type { Conversation, ConversationStore, Pair, Visit } from './conversation-store.ts';

const mostPairs = 10;

type Told = { pair: Pair; numbering: Numbering };
type Answer = (id: string, pairs: readonly Pair[], numbering: Numbering) => Promise<Told>;
type Deps = { store: ConversationStore; newId: NewId; log: Log };

/** What somebody asked on the side before: the last pairs of each conversation, for an hour, for its owner alone. */
export function createConversations({ store, newId, log }: Deps) {
  async function load(id: string, owner: string): Promise<Conversation> {
    const conversation = await store.load(id);
    if (conversation?.owner !== owner) {
      throw new KibitzError('not_found', 'This conversation is not there any more. Begin a new one.', {
        field: 'conversationId',
      });
    }
    return conversation;
  }

  async function ask(id: string, visit: Visit, before: Conversation, answer: Answer): Promise<void> {
    const { pair, numbering } = await answer(id, before.pairs, before.numbering);
    const pairs = [...before.pairs, pair].slice(-mostPairs);
    await visit
      .keep({ owner: before.owner, pairs, numbering })
      // The answer stands; only what follows elsewhere will not know of it.
      .catch((reason) => log.warn({ err: reason }, 'a side question could not be kept'));
  }

  /** Alone in the conversation, also the first time: the asker knows its id before the pair is kept. */
  async function begin(owner: string, id: string, signal: AbortSignal, answer: Answer): Promise<void> {
    const visit = await store.enter(id, signal);
    await ask(id, visit, { owner, pairs: [], numbering: [] }, answer).finally(visit.leave);
  }

  async function goOn(owner: string, id: string, signal: AbortSignal, answer: Answer): Promise<void> {
    const visit = await store.enter(id, signal);
    try {
      await ask(id, visit, await load(id, owner), answer);
    } finally {
      await visit.leave();
    }
  }

  return {
    /**
     * Runs `answer` with what was said before, one at a time in each conversation, so that no pair is lost; keeps the pair it
     * comes to. Without an id a conversation begins. Throws `not_found` for one that is forgotten or somebody else's.
     */
    within: (
      owner: string,
      wanted: string | undefined,
      signal: AbortSignal,
      answer: Answer,
    ): Promise<void> =>
      wanted === undefined ? begin(owner, newId(), signal, answer) : goOn(owner, wanted, signal, answer),
  };
}

export type Conversations = ReturnType<typeof createConversations>;
