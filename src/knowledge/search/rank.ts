import type { SearchTier } from '../library.ts';
import type { SearchQuery, Term } from './query.ts';

/** What a passage is ranked by. */
export type Candidate = { titleWords: string; headingWords: string; words: string };

export type Ranked<T> = { candidate: T; score: number; tier: Exclude<SearchTier, 'meaning' | 'none'> };

/** BM25F: how soon more of the same word tells less, how much length counts, and what headings and titles weigh. */
const saturation = 1.2;
const lengthWeight = 0.3;
const headingWeight = 3;
/** All passages of a source have its title: it tells sources apart, and little about which of its passages is meant. */
const titleWeight = 0.3;
/** Words that a passage usually has; so a score does not hang on what else is in the room. */
const usualWords = 180;
const phraseBonus = 1.35;
/** A passage that scores less than this share of the best one tells nothing beside it. */
const worthShare = 0.2;
/** Two passages that share this much of their words say the same. */
const sameShare = 0.85;

const tiers = ['phrase', 'all', 'any', 'fuzzy'] as const;

/** The passages worth telling, best first, and none that says what a better one says. Ties keep their order. */
export function rank<T extends Candidate>(
  query: SearchQuery,
  candidates: readonly T[],
  limit: number,
): Ranked<T>[] {
  const scored = candidates
    .map((candidate) => scoreOf(query, candidate))
    .filter((one) => one.score > 0)
    .toSorted((a, b) => b.score - a.score);
  const worth = (scored[0]?.score ?? 0) * worthShare;
  return withoutRepeats(
    scored.filter(({ score }) => score >= worth),
    limit,
  );
}

/** The first `limit` of them, without those that say what an earlier one says. */
export function withoutRepeats<T extends { candidate: Pick<Candidate, 'words'> }>(
  ranked: readonly T[],
  limit = ranked.length,
): T[] {
  const told: T[] = [];
  const sets: Set<string>[] = [];
  for (const one of ranked) {
    if (told.length >= limit) break;
    const set = new Set(one.candidate.words.split(' '));
    if (sets.some((other) => isSame(other, set))) continue;
    told.push(one);
    sets.push(set);
  }
  return told;
}

export function bestTier(ranked: readonly Pick<Ranked<unknown>, 'tier'>[]): SearchTier {
  return tiers.find((tier) => ranked.some((one) => one.tier === tier)) ?? 'none';
}

function scoreOf<T extends Candidate>({ phrase, terms, passages }: SearchQuery, candidate: T): Ranked<T> {
  const title = countsIn(candidate.titleWords);
  const heading = countsIn(candidate.headingWords);
  const body = countsIn(candidate.words);
  const length = candidate.words.length / 6;
  const norm = 1 - lengthWeight + (lengthWeight * Math.min(length, usualWords * 3)) / usualWords;
  let [score, found, wanted] = [0, 0, 0];
  let [missing, exact] = [0, 0];
  for (const term of terms) {
    const rarity = rarityOf(term, passages);
    wanted += rarity;
    let best = 0;
    let isExact = false;
    for (const { word, weight, isFuzzy } of term.alternatives) {
      const often =
        titleWeight * (title.get(word) ?? 0) +
        headingWeight * (heading.get(word) ?? 0) +
        (body.get(word) ?? 0) / norm;
      const worth = (weight * rarity * often * (saturation + 1)) / (often + saturation);
      if (worth > 0 && !isFuzzy) isExact = true;
      best = Math.max(best, worth);
    }
    score += best;
    if (best === 0) missing += 1;
    else found += rarity;
    if (isExact) exact += 1;
  }
  // Words that nothing here is like say nothing about which passage is better.
  const share = wanted === 0 ? 0 : found / wanted;
  const hasPhrase = holds(candidate.headingWords, phrase) || holds(candidate.words, phrase);
  const tier = hasPhrase
    ? 'phrase'
    : exact === 0
      ? 'fuzzy'
      : missing === 0 && exact === terms.length
        ? 'all'
        : 'any';
  const bonus = hasPhrase && phrase.length > 1 ? phraseBonus : 1;
  return { candidate, score: score * (0.4 + 0.6 * share) * bonus, tier };
}

/** The rarer a word, the more it tells. What nothing here is like counts nothing. */
function rarityOf({ alternatives }: Term, passages: number): number {
  if (alternatives.length === 0) return 0;
  const chunks = Math.min(passages, Math.max(...alternatives.map((one) => one.chunks)));
  return Math.log(1 + (passages - chunks + 0.5) / (chunks + 0.5));
}

function countsIn(words: string): Map<string, number> {
  const counts = new Map<string, number>();
  if (words === '') return counts;
  for (const word of words.split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function holds(words: string, phrase: readonly string[]): boolean {
  return phrase.length > 0 && ` ${words} `.includes(` ${phrase.join(' ')} `);
}

function isSame(a: Set<string>, b: Set<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (small.size < large.size * sameShare) return false;
  let shared = 0;
  for (const word of small) if (large.has(word)) shared += 1;
  return shared / (small.size + large.size - shared) >= sameShare;
}
