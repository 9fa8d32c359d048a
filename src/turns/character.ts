import type { Bot } from '../domain/bot.ts';
import { matchingEntries } from '../domain/lorebook.ts';
import { withNames } from '../domain/macros.ts';
import type { TimelineMessage } from '../domain/room-state.ts';
import { countTokens } from './count-tokens.ts';
import { shortenTo } from './shorten.ts';

/** Shares of a prompt’s tokens that a character’s texts may take: the persona of its hard limit, the rest of the soft one. */
const shares = { persona: 1 / 2, scenario: 1 / 8, lore: 1 / 6, examples: 1 / 8 } as const;

/**
 * What a prompt tells a bot about itself: who it is, what its lorebook has on the latest of `timeline`, the scenario, and
 * examples of how it speaks.
 */
export function characterOf(
  bot: Bot,
  timeline: readonly TimelineMessage[],
  user: string,
  { soft, hard }: { soft: number; hard: number },
): string[] {
  const names = { char: bot.name, user };
  const told = (text: string | undefined, tokens: number) =>
    shortenTo(withNames(text ?? '', names).trim(), Math.floor(tokens));
  const persona = told(bot.persona, hard * shares.persona);
  const scenario = told(bot.scenario, soft * shares.scenario);
  const lore = loreFor(bot, timeline, Math.floor(soft * shares.lore)).map((text) => withNames(text, names));
  const examples = examplesFrom(withNames(bot.examples ?? '', names), Math.floor(soft * shares.examples));
  return [
    ...(persona === '' ? [] : [persona]),
    ...lore,
    ...(scenario === '' ? [] : [`The scenario: ${scenario}`]),
    ...(examples.length === 0
      ? []
      : [
          `Examples of how ${bot.name} speaks, from other talks than this one:\n\n${examples.join('\n\n---\n\n')}`,
        ]),
  ];
}

/** The entries that apply, within the book's own token budget and ours; those that matter least are left out first. */
function loreFor({ lorebook }: Bot, timeline: readonly TimelineMessage[], most: number): string[] {
  if (lorebook === undefined) return [];
  const entries = matchingEntries(
    lorebook,
    timeline.map(({ text }) => text),
  );
  const own = typeof lorebook.token_budget === 'number' ? lorebook.token_budget : most;
  const kept = new Set<string>();
  let left = Math.min(own, most);
  for (const { content } of entries.toSorted((a, b) => b.priority - a.priority)) {
    // Worth counting only where it could fit: a token is seldom more than 12 characters.
    const cost = content.length > left * 12 ? left + 1 : countTokens(content);
    if (kept.has(content) || cost > left) continue;
    kept.add(content);
    left -= cost;
  }
  return [...new Set(entries.map(({ content }) => content))].filter((content) => kept.has(content));
}

/** Whole talks, the first ones, as many as fit. */
function examplesFrom(text: string, most: number): string[] {
  const talks = text
    .split(/<START>/i)
    .map((talk) => talk.trim())
    .filter((talk) => talk !== '');
  let left = most;
  return talks.filter((talk) => {
    left -= countTokens(talk);
    return left >= 0;
  });
}
