import type { OfferedSource } from '../../../src/domain/offered-source.ts';
import type { AskEvent } from '../../../src/protocol/ask.ts';

/** A question on the side and what it came to. Its numbers are its own, not those of the room. */
export type AskPair = {
  id: string;
  question: string;
  /** Who was asked; nobody where the room has no bot. */
  botName?: string | undefined;
  status: 'asking' | 'done' | 'stopped' | 'failed';
  text: string;
  gen: number;
  /** Unknown until the library was looked into. */
  sources?: readonly OfferedSource[];
  citations: readonly number[];
  truncated: boolean;
  fallback: boolean;
  /** Whether what was asked before it had been forgotten, so that it began anew. */
  anew: boolean;
  error?: string;
};

/** What somebody asks on the side; nothing of it is in the room. */
export type AskTalk = {
  /** What is typed and not asked yet. */
  draft: string;
  botId?: string | undefined;
  conversationId?: string | undefined;
  pairs: readonly AskPair[];
  /** Ends the answer that is being written. */
  stop?: (() => void) | undefined;
};

export const noTalk: AskTalk = { draft: '', pairs: [] };

/** The talk with a question asked, at its end. One that is asked again moves there. */
export function withQuestion(
  talk: AskTalk,
  { id, question, botName }: Pick<AskPair, 'id' | 'question' | 'botName'>,
  stop: () => void,
): AskTalk {
  const pair: AskPair = {
    id,
    question,
    botName,
    status: 'asking',
    text: '',
    gen: 0,
    citations: [],
    truncated: false,
    fallback: false,
    anew: false,
  };
  return { ...talk, pairs: [...talk.pairs.filter((one) => one.id !== id), pair], stop };
}

/** The talk after something came of a question; of one that is not listed any more nothing does. */
export function withAnswered(talk: AskTalk, id: string, event: AskEvent): AskTalk {
  const pair = pairOf(talk, id);
  if (pair === undefined) return talk;
  switch (event.event) {
    case 'sources':
      return withPair(talk, id, { sources: event.data.sources });
    case 'token': {
      const { gen, text } = event.data;
      if (gen < pair.gen) return talk;
      return withPair(talk, id, { gen, text: gen === pair.gen ? pair.text + text : text });
    }
    case 'done': {
      const { conversationId, citations, truncated, fallback } = event.data;
      const done = withPair(talk, id, { status: 'done', citations, truncated, fallback });
      return { ...done, conversationId, stop: undefined };
    }
    case 'error':
      return failed(talk, id, event.data.message);
  }
}

/** The talk after a question came to nothing, said in plain words. What was written of the answer stays. */
export function failed(talk: AskTalk, id: string, error: string): AskTalk {
  if (pairOf(talk, id) === undefined) return talk;
  return { ...withPair(talk, id, { status: 'failed', error }), stop: undefined };
}

export function stopped(talk: AskTalk, id: string): AskTalk {
  if (pairOf(talk, id) === undefined) return talk;
  return { ...withPair(talk, id, { status: 'stopped' }), stop: undefined };
}

/** The talk once the server has forgotten what was said before this question. */
export function begunAnew(talk: AskTalk, id: string): AskTalk {
  if (pairOf(talk, id) === undefined) return talk;
  return { ...withPair(talk, id, { anew: true }), conversationId: undefined };
}

/** What a new conversation begins with: who is asked, and what is typed already. */
export function newTalk({ draft, botId }: AskTalk): AskTalk {
  return { draft, botId, pairs: [] };
}

function pairOf(talk: AskTalk, id: string): AskPair | undefined {
  return talk.pairs.find((pair) => pair.id === id);
}

function withPair(talk: AskTalk, id: string, change: Partial<AskPair>): AskTalk {
  return { ...talk, pairs: talk.pairs.map((pair) => (pair.id === id ? { ...pair, ...change } : pair)) };
}
