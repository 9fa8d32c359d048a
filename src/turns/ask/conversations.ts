import type { Numbering } from '../../domain/offered-source.ts';
import type { Clock } from '../../lib/clock.ts';
import { KibitzError } from '../../lib/errors.ts';
import type { NewId } from '../../lib/ids.ts';

/** A question and its answer, as they are shown to the model again. */
export type Pair = { question: string; answer: string };

const mostPairs = 10;
/** Milliseconds without use after which a conversation is forgotten. */
const forgottenAfter = 60 * 60 * 1_000;
/** Conversations kept; the ones not used for longest go first. */
const mostKept = 5_000;

type Conversation = {
  owner: string;
  pairs: Pair[];
  numbering: Numbering;
  usedAt: number;
  last: Promise<unknown>;
};

/** What somebody asked on the side before, in memory: the last pairs of each conversation, for an hour, for its owner alone. */
export function createConversations(clock: Clock, newId: NewId) {
  const kept = new Map<string, Conversation>();

  function find(id: string, owner: string): Conversation {
    const conversation = kept.get(id);
    const isForgotten =
      conversation !== undefined && clock.monotonic() - conversation.usedAt > forgottenAfter;
    if (conversation === undefined || isForgotten || conversation.owner !== owner) {
      throw new KibitzError('not_found', 'This conversation is not there any more. Begin a new one.', {
        field: 'conversationId',
      });
    }
    return conversation;
  }

  function begin(owner: string): [string, Conversation] {
    const id = newId();
    const conversation = { owner, pairs: [], numbering: [], usedAt: 0, last: Promise.resolve() };
    kept.set(id, conversation);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return [id, conversation];
  }

  return {
    /**
     * Runs `ask` with what was said before, one at a time in each conversation, so that no pair is lost; keeps the pair it
     * comes to. Without an id a conversation begins. Throws `not_found` for one that is forgotten or somebody else's.
     */
    async within(
      owner: string,
      wanted: string | undefined,
      ask: (
        id: string,
        pairs: readonly Pair[],
        numbering: Numbering,
      ) => Promise<{ pair: Pair; numbering: Numbering } | undefined>,
    ): Promise<void> {
      const [id, conversation] = wanted === undefined ? begin(owner) : [wanted, find(wanted, owner)];
      const turn = conversation.last.then(async () => {
        const told = await ask(id, conversation.pairs, conversation.numbering);
        if (told === undefined) return;
        conversation.pairs = [...conversation.pairs, told.pair].slice(-mostPairs);
        conversation.numbering = told.numbering;
      });
      conversation.last = turn.catch(() => {});
      conversation.usedAt = clock.monotonic();
      // Used again: it is the last to go.
      kept.delete(id);
      kept.set(id, conversation);
      await turn;
    },
  };
}

export type Conversations = ReturnType<typeof createConversations>;
