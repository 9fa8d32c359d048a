import type { Memory } from '../../../src/domain/relationships.ts';

export type MemoryOrder = 'latest' | 'significance';

/** What one bot remembers; of memories of equal significance the latest first. */
export function memoriesOf(memories: readonly Memory[], botId: string, order: MemoryOrder): Memory[] {
  const latestFirst = memories.filter(({ witnessId }) => witnessId === botId).toReversed();
  return order === 'latest' ? latestFirst : latestFirst.toSorted((a, b) => b.significance - a.significance);
}

const significanceWords = ['passing', 'minor', 'notable', 'important', 'defining'] as const;

/** A significance of 1–10 in a word. */
export function significanceWord(significance: number): string {
  return significanceWords[Math.ceil(significance / 2) - 1] ?? 'defining';
}

export function memoryCount(count: number): string {
  return count === 1 ? '1 memory' : `${count} memories`;
}
