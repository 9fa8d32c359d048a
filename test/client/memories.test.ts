import { describe, expect, it } from 'vitest';
import { memoriesOf, memoryCount, significanceWord } from '../../client/src/store/memories.ts';
import { type Lingering, withLeaving } from '../../client/src/ui/lingering.ts';

const memory = (memoryId: string, significance: number, witnessId = 'kib') => ({
  memoryId,
  witnessId,
  text: memoryId,
  significance,
  cause: 'a',
  place: { seq: 1, slot: 'a' },
});

describe('what a bot remembers', () => {
  const all = [memory('a', 3), memory('b', 9), memory('x', 10, 'bea'), memory('c', 3)];
  const ids = (order: 'latest' | 'significance') =>
    memoriesOf(all, 'kib', order).map(({ memoryId }) => memoryId);

  it('is its own, the latest first, or what means most to it', () => {
    expect(ids('latest')).toEqual(['c', 'b', 'a']);
    expect(ids('significance')).toEqual(['b', 'c', 'a']);
    expect(memoriesOf(all, 'nobody', 'latest')).toEqual([]);
  });

  it('is counted and weighed in words', () => {
    expect([0, 1, 2].map(memoryCount)).toEqual(['0 memories', '1 memory', '2 memories']);
    const words = Array.from({ length: 10 }, (_, index) => significanceWord(index + 1));
    expect(new Set(words).size).toBe(5);
    expect([words[0], words[9]]).toEqual(['passing', 'defining']);
  });
});

describe('a list that things leave', () => {
  const list = (...items: string[]): Lingering<string>[] => items.map((item) => ({ item, isLeaving: false }));
  const seen = (before: Lingering<string>[], ...items: string[]) =>
    withLeaving(before, items, (item) => item).map(({ item, isLeaving }) => (isLeaving ? `(${item})` : item));

  it('shows them leaving where they stood', () => {
    expect(seen(list('a', 'b', 'c'), 'a', 'c')).toEqual(['a', '(b)', 'c']);
    expect(seen(list('a', 'b', 'c'))).toEqual(['(a)', '(b)', '(c)']);
    expect(seen(list('a', 'b'), 'new', 'a')).toEqual(['new', '(b)', 'a']);
  });

  it('takes what comes back for present, and a new order as it is', () => {
    const leaving = withLeaving(list('a', 'b'), ['a'], (item) => item);
    expect(seen(leaving, 'a', 'b')).toEqual(['a', 'b']);
    expect(seen(list('a', 'b', 'c'), 'c', 'b', 'a')).toEqual(['c', 'b', 'a']);
  });
});
