import type { Feature } from '../../src/domain/addressee/features.ts';
import type { Features } from '../../src/domain/addressee/partner.ts';
import { fittedWeights, type Weights } from '../../src/domain/addressee/weights.ts';
import { guesses } from './guess.ts';
import type { Log } from './read-logs.ts';

const names = Object.keys(fittedWeights) as Feature[];
/** Before anything is fitted: whoever spoke to the author, was spoken to by them, or spoke last. */
const firstWeights: Partial<Weights> = {
  isLast: 1,
  toAuthorNear: 1,
  waits: 1,
  fromAuthorNear: 1,
  nobody: -1,
};

/** The weight of Σw² against the mean loss. */
const shrinkage = 0.005;
/** Later messages are judged by the guesses about earlier ones, so the guesses are made again with better weights. */
const rounds = 3;
const steps = 120;
const rate = 0.05;

/** One message: the candidates' features, and which of them is right. */
type Sample = { rows: number[][]; right: number };

/** Fits the weights of the conditional logit to logs, by Adam. Deterministic. */
export function fitWeights(logs: readonly Log[]): Weights {
  let values = names.map((name) => firstWeights[name] ?? 0);
  for (let round = 0; round < rounds; round += 1)
    values = descend(samplesOf(logs, weightsOf(values)), values);
  return weightsOf(values);
}

function weightsOf(values: readonly number[]): Weights {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? 0])) as Record<
    Feature,
    number
  >;
}

function samplesOf(logs: readonly Log[], weights: Weights): Sample[] {
  return logs.flatMap(({ messages }) => {
    const made = guesses(messages, weights);
    return messages.flatMap(({ gold }, index): Sample[] => {
      const { partners = [], named = [] } = made[index]?.structure ?? {};
      const isKnown = gold.addressee !== undefined || gold.isOpening;
      const right = partners.findIndex(({ id }) => id === gold.addressee);
      if (!isKnown || right < 0 || named.length > 0) return [];
      return [{ right, rows: partners.map(({ features }) => rowOf(features)) }];
    });
  });
}

const rowOf = (features: Features) => names.map((name) => features[name] ?? 0);

function descend(samples: readonly Sample[], start: readonly number[]): number[] {
  const values = [...start];
  const mean = values.map(() => 0);
  const spread = values.map(() => 0);
  for (let step = 1; step <= steps; step += 1) {
    const slope = slopeAt(samples, values);
    for (const [index, each] of slope.entries()) {
      mean[index] = 0.9 * (mean[index] ?? 0) + 0.1 * each;
      spread[index] = 0.999 * (spread[index] ?? 0) + 0.001 * each * each;
      const size = Math.sqrt((spread[index] ?? 0) / (1 - 0.999 ** step)) + 1e-8;
      values[index] = (values[index] ?? 0) - (rate * (mean[index] ?? 0)) / (1 - 0.9 ** step) / size;
    }
  }
  return values;
}

function slopeAt(samples: readonly Sample[], values: readonly number[]): number[] {
  const slope = values.map((value) => shrinkage * value);
  for (const { rows, right } of samples) {
    const scores = rows.map((row) => row.reduce((sum, each, index) => sum + each * (values[index] ?? 0), 0));
    const most = Math.max(...scores);
    const shares = scores.map((score) => Math.exp(score - most));
    const total = shares.reduce((sum, share) => sum + share, 0);
    for (const [place, row] of rows.entries()) {
      const excess = ((shares[place] ?? 0) / total - (place === right ? 1 : 0)) / samples.length;
      for (const [index, each] of row.entries()) {
        if (each !== 0) slope[index] = (slope[index] ?? 0) + excess * each;
      }
    }
  }
  return slope;
}
