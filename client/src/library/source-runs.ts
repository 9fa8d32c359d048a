import type { Passage, SourceReadResult } from '../../../src/protocol/sources.ts';

/** Passages that are read at once. */
const runLength = 40;

/** The passages to ask for at one end of those that are there. */
export function runBeside(
  passages: readonly Pick<Passage, 'ordinal'>[],
  side: 'before' | 'after',
): { from: number; limit: number } {
  if (side === 'after') return { from: (passages.at(-1)?.ordinal ?? -1) + 1, limit: runLength };
  const first = passages.at(0)?.ordinal ?? 0;
  const from = Math.max(0, first - runLength);
  return { from, limit: Math.max(1, first - from) };
}

/** What is read of a source together with more of it; each passage once, in order. */
export function joined(read: SourceReadResult, more: SourceReadResult): SourceReadResult {
  const byPlace = new Map([...read.passages, ...more.passages].map((passage) => [passage.ordinal, passage]));
  return { ...more, passages: [...byPlace.values()].toSorted((a, b) => a.ordinal - b.ordinal) };
}
