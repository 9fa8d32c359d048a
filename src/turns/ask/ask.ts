import type { Bot } from '../../domain/bot.ts';
import { CitationChecker } from '../../domain/citations.ts';
import { limits } from '../../domain/limits.ts';
import { withNames } from '../../domain/macros.ts';
import { numbered, numberingAfter, type OfferedSource } from '../../domain/offered-source.ts';
import type { RoomState } from '../../domain/room-state.ts';
import { voiceInstruction, voiceTemperature } from '../../domain/voice.ts';
import type { ChatMessage, LanguageModel } from '../../llm/language-model.ts';
import type { FindPassages } from '../find-passages.ts';
import type { TokenBudget } from '../prompt.ts';
import { shortenTo } from '../shorten.ts';
import { offeredIn, toldSources } from '../told-sources.ts';
import type { Pair } from './conversation-store.ts';
import type { Conversations } from './conversations.ts';

export type Question = {
  state: RoomState;
  userId: string;
  query: string;
  conversationId?: string | undefined;
  /** Who answers; undefined where the room has no bot. */
  bot: Bot | undefined;
  voiceWeight: number;
};

/** What goes to the asker, in this order: the sources once, tokens, then the end. A higher `gen` starts the text over. */
export type AskEvent =
  | { event: 'sources'; data: { sources: OfferedSource[]; tier: string } }
  | { event: 'token'; data: { text: string; gen: number } }
  | {
      event: 'done';
      data: {
        conversationId: string;
        tier: string;
        fallback: boolean;
        citations: number[];
        truncated: boolean;
      };
    };

type Deps = {
  model: LanguageModel;
  findPassages: FindPassages;
  conversations: Conversations;
  budget: TokenBudget;
};

/** Answers a private side question from a room's library; nothing of it gets into the room. */
export function createAsker({ model, findPassages, conversations, budget }: Deps) {
  return async function ask(
    question: Question,
    tell: (event: AskEvent) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { state, userId, query, conversationId, bot, voiceWeight } = question;
    await conversations.within(userId, conversationId, signal, async (id, pairs, numbering) => {
      const { tier, passages } = await findPassages(state.room.id, withContext(query, pairs), userId);
      signal.throwIfAborted();
      const offered = { tier, sources: numbered(numbering, passages) };
      tell({ event: 'sources', data: { sources: offeredIn(offered), tier } });
      const newChecker = () => new CitationChecker(offered.sources.map(({ number }) => number));
      let [checker, answer, gen] = [newChecker(), '', 0];
      const citations = new Set<number>();
      const say = ({ text, numbers }: ReturnType<CitationChecker['push']>) => {
        for (const number of numbers) citations.add(number);
        answer += text;
        if (text !== '') tell({ event: 'token', data: { text, gen } });
      };
      const request = {
        messages: promptFor(question, pairs, toldSources(offered, budget.soft), budget),
        temperature: voiceTemperature(voiceWeight),
        meter: {
          purpose: 'ask',
          roomId: state.room.id,
          userId,
          searchTier: tier,
          ...(bot === undefined ? {} : { botId: bot.id }),
        },
        ...(bot?.model === undefined ? {} : { model: bot.model }),
      };
      for await (const part of model.stream(request, signal)) {
        signal.throwIfAborted();
        if (part.type === 'text') say(checker.push(part.text));
        if (part.type === 'restart') {
          gen += 1;
          [checker, answer] = [newChecker(), ''];
          citations.clear();
          tell({ event: 'token', data: { text: '', gen } });
        }
        if (part.type === 'end') {
          say(checker.end());
          const truncated = part.finish !== 'stop';
          const data = {
            conversationId: id,
            tier,
            fallback: part.fallback,
            citations: [...citations],
            truncated,
          };
          tell({ event: 'done', data });
        }
      }
      return {
        pair: { question: query, answer },
        numbering: numberingAfter(numbering, offeredIn(offered), limits.numbering),
      };
    });
  };
}

export type Ask = ReturnType<typeof createAsker>;

/** A follow-up is looked up with the question before it. */
function withContext(query: string, pairs: readonly Pair[]): string {
  const before = pairs.at(-1)?.question;
  return before === undefined ? query : `${query} ${before.slice(0, 300)}`;
}

function promptFor(
  { state, query, bot, voiceWeight }: Question,
  pairs: readonly Pair[],
  sources: readonly string[],
  budget: TokenBudget,
): ChatMessage[] {
  const name = bot?.name ?? 'the librarian';
  const persona = withNames(bot?.persona ?? '', { char: name, user: 'the asker' }).trim();
  const voice = voiceInstruction(name, bot?.voice, voiceWeight);
  const system = [
    `You are ${name}. Somebody in the room “${state.room.title}” asks you something on the side; nobody else reads it.`,
    ...(persona === '' ? [] : [shortenTo(persona, Math.floor(budget.soft / 4))]),
    ...(voice === '' ? [] : [shortenTo(voice, Math.floor(budget.soft / 5))]),
    ...sources,
    'Answer in a few sentences, with markdown where it helps.',
  ];
  const each = Math.floor(budget.soft / 30);
  return [
    { role: 'system', content: system.join('\n\n') },
    ...pairs.flatMap(({ question, answer }): ChatMessage[] => [
      { role: 'user', content: shortenTo(question, each) },
      { role: 'assistant', content: shortenTo(answer, each) },
    ]),
    { role: 'user', content: query },
  ];
}
