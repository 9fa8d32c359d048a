import type { Memory } from './relationships.ts';

/** By how much a memory counts less than the next newer one. */
const fading = 0.98;

export type Recalled = { memory: Memory; recency: number; relevance: number; importance: number };

/**
 * Memories, given from the latest on, the ones most worth telling first: by how recent they are, how much they have to do
 * with what is being spoken of, and how much they mattered, each 0–1 (Park et al., “Generative Agents”, 2023).
 */
export function recall(memories: readonly Memory[], spokenOf: readonly string[]): Recalled[] {
  const words = memories.map(({ text }) => wordsOf(text));
  const weigh = rarity(words);
  const cue = wordsOf(spokenOf.join(' '));
  const rated = memories.map((memory, age) => ({
    memory,
    recency: fading ** age,
    relevance: similarity(words[age] ?? new Set(), cue, weigh),
    importance: memory.significance / 10,
  }));
  return rated.toSorted((a, b) => worth(b) - worth(a));
}

const worth = ({ recency, relevance, importance }: Recalled) => recency + relevance + importance;

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);
}

/** Words count the more the fewer memories they are in. */
function rarity(texts: readonly ReadonlySet<string>[]): (word: string) => number {
  const found = new Map<string, number>();
  for (const words of texts) for (const word of words) found.set(word, (found.get(word) ?? 0) + 1);
  return (word) => Math.log(1 + texts.length / (1 + (found.get(word) ?? 0)));
}

/** The cosine of two bags of words, 0–1. */
function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>, weigh: (word: string) => number): number {
  const sum = (words: Iterable<string>) => [...words].reduce((all, word) => all + weigh(word) ** 2, 0);
  const both = sum([...a].filter((word) => b.has(word)));
  return both === 0 ? 0 : both / Math.sqrt(sum(a) * sum(b));
}
