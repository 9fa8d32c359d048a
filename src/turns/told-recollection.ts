import { countTokens } from './count-tokens.ts';
import type { Recollection } from './recollect.ts';

/** Shares of the soft budget for what a bot remembers, and for how it sees the others. */
const shares = { memories: 1 / 6, relations: 1 / 8 } as const;

/** What a bot remembers and how it sees the others, for its prompt: as much as fits its shares of `soft` tokens. */
export function toldRecollection({ memories, relations }: Recollection, soft: number): string[] {
  const told = within(
    soft * shares.memories,
    memories.map((text) => `- ${text}`),
  );
  const felt = within(
    soft * shares.relations,
    relations.map(({ name, affinity, trust, summary, knowledge }) => {
      const known = knowledge.length === 0 ? '' : ` You know: ${knowledge.join('; ')}.`;
      return `- ${name}: affinity ${affinity} of 100, trust ${trust} of 100. ${summary}${known}`.trim();
    }),
  );
  return [
    ...(told.length === 0 ? [] : [`What you remember:\n${told.join('\n')}`]),
    ...(felt.length === 0 ? [] : [`How you see the others (show it, do not say it):\n${felt.join('\n')}`]),
  ];
}

/** The first lines that fit. */
export function within(tokens: number, lines: readonly string[]): string[] {
  let left = tokens;
  return lines.filter((line) => {
    const cost = countTokens(line);
    if (cost > left) return false;
    left -= cost;
    return true;
  });
}
