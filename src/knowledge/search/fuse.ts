/** How much the first places of a ranking stand out; 60 is what the method was published with (Cormack and others, 2009). */
const flatness = 60;

export type Fused = { key: string; score: number };

/**
 * Several rankings of the same things as one, by reciprocal rank fusion: a thing scores 1 / (60 + its place) in each ranking that has it.
 * Only places count, since scores of different rankings do not compare. Of those that score the same, the first ranking's order holds,
 * then the next one's.
 */
export function fuse(rankings: readonly (readonly string[])[]): Fused[] {
  const scores = new Map<string, number>();
  for (const ranking of rankings) {
    [...new Set(ranking)].forEach((key, index) => {
      scores.set(key, (scores.get(key) ?? 0) + 1 / (flatness + index + 1));
    });
  }
  // What was met first comes first, since the sort is stable.
  return [...scores].map(([key, score]) => ({ key, score })).toSorted((a, b) => b.score - a.score);
}
