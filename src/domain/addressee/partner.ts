import { type Said, standings } from './conversation.ts';
import type { Cues } from './cues.ts';
import { type Feature, featuresOf, featuresOfNobody } from './features.ts';
import type { Weights } from './weights.ts';

export type Features = Partial<Record<Feature, number>>;

/** Somebody a message may be for; no id: nobody in particular. Chances add up to 1. */
export type Candidate = { id: string | undefined; chance: number; features: Features };

/** Whom a message that calls nobody is for, by who spoke to whom before, the likeliest first. */
export function partnersOf(
  said: readonly Said[],
  { by, cues }: { by: string; cues: Cues },
  weights: Weights,
): Candidate[] {
  const lastOwn = said.findLast((one) => one.by === by);
  const isNew = lastOwn === undefined;
  const candidates: { id: string | undefined; features: Features }[] = [
    { id: undefined, features: featuresOfNobody(cues, isNew) },
    ...standings(said, by, cues).map((standing) => ({
      id: standing.id,
      features: featuresOf(standing, cues),
    })),
  ];
  const scores = candidates.map(({ features }) => scoreOf(features, weights));
  const most = Math.max(...scores);
  const shares = scores.map((score) => Math.exp(score - most));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return candidates
    .map((candidate, index) => ({ ...candidate, chance: (shares[index] ?? 0) / total }))
    .sort((a, b) => b.chance - a.chance);
}

function scoreOf(features: Features, weights: Weights): number {
  let score = 0;
  for (const [name, value] of Object.entries(features)) score += value * weights[name as Feature];
  return score;
}
