/** The middle of the values, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value below which `percent` of the values lie, interpolated between neighbours; NaN of none. */
export function percentile(values: ArrayLike<number>, percent: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = ((sorted.length - 1) * percent) / 100;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  // Infinity where something never came, which does not let itself be interpolated.
  return low === high || place % 1 === 0 ? low : low + (high - low) * (place % 1);
}

/** A few figures of one thing, as they are reported: the median and how far they lie apart. */
export type Spread = { median: number; min: number; max: number };

export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/** The ratio of the two figures of each round: both halves of a round had the same disk and the same neighbours. */
export function ratiosOf<Round>(
  rounds: readonly Round[],
  ours: (round: Round) => number,
  yardstick: (round: Round) => number,
): Spread {
  return spreadOf(rounds.map((round) => ours(round) / yardstick(round)));
}
