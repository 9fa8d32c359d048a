import type { EventOf } from './event.ts';
import { limits } from './limits.ts';
import { comparePlaces, type Edge, type Memory } from './relationships.ts';

/** The memories a state holds after one more was written or withdrawn, in the order of what they follow from. */
export function memoriesAfter(
  memories: readonly Memory[],
  { kind, data, cause = '' }: EventOf<'memory.written' | 'memory.withdrawn'>,
): Memory[] {
  const others = memories.filter(({ memoryId }) => memoryId !== data.memoryId);
  if (kind === 'memory.withdrawn') return others;
  const after = others.findLastIndex((other) => compareMemories(other, data) < 0);
  return others.toSpliced(after + 1, 0, { ...data, cause }).slice(-limits.memories);
}

function compareMemories(
  a: Pick<Memory, 'place' | 'memoryId'>,
  b: Pick<Memory, 'place' | 'memoryId'>,
): number {
  return comparePlaces(a.place, b.place) || (a.memoryId < b.memoryId ? -1 : 1);
}

/** The edges after one more change, or one less: an edge of which no change stands is none. */
export function edgesAfter(
  edges: readonly Edge[],
  { data: { from, to, delta, after, withdrawn } }: EventOf<'edge.updated'>,
): Edge[] {
  const index = edges.findIndex((edge) => edge.from === from && edge.to === to);
  const old = edges[index];
  const changes = (old?.changes ?? 0) + (withdrawn === true ? -1 : 1);
  if (changes <= 0) return edges.filter((edge) => edge !== old);
  const { affinity, trust } = old?.sum ?? { affinity: 0, trust: 0 };
  const sum = { affinity: affinity + delta.affinity, trust: trust + delta.trust };
  const edge: Edge = { ...after, from, to, sum, changes };
  if (old !== undefined) return edges.with(index, edge);
  const next = edges.findIndex((other) => other.from > from || (other.from === from && other.to > to));
  return edges.toSpliced(next === -1 ? edges.length : next, 0, edge);
}

export function edgesWithout(edges: readonly Edge[], id: string): Edge[] {
  return edges.filter(({ from, to }) => from !== id && to !== id);
}
