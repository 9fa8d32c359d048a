import type { EdgeChange } from './consequence.ts';
import { comparePlaces, type Edge, type EdgeValue } from './relationships.ts';

/** Of the changes of one edge, those that what is known and the summary are drawn from: the latest. */
export const recentChanges = 100;
const mostKnowledge = 20;

/** The edges touched, from change to change. */
export class EdgeLedger {
  readonly #edges: readonly Edge[];
  readonly #sums = new Map<string, { affinity: number; trust: number }>();
  readonly #changes = new Map<string, EdgeChange[]>();

  constructor(edges: readonly Edge[]) {
    this.#edges = edges;
  }

  /** Changes that stand already. */
  know(changes: readonly EdgeChange[]): void {
    for (const change of changes) this.#of(change).push(change);
  }

  /** Nothing is taken back after something was added: so long the latest changes are enough. */
  with(change: EdgeChange): EdgeValue {
    const changes = this.#of(change);
    changes.push(change);
    if (changes.length > 2 * recentChanges) {
      changes.sort((a, b) => comparePlaces(b.place, a.place)).length = recentChanges;
    }
    return this.#value(change, 1);
  }

  without(change: EdgeChange): EdgeValue {
    const changes = this.#of(change);
    changes.splice(changes.indexOf(change), 1);
    return this.#value(change, -1);
  }

  #of(pair: { from: string; to: string }): EdgeChange[] {
    const key = `${pair.from} ${pair.to}`;
    const changes = this.#changes.get(key) ?? [];
    this.#changes.set(key, changes);
    return changes;
  }

  #value({ from, to, delta }: EdgeChange, sign: 1 | -1): EdgeValue {
    const key = `${from} ${to}`;
    const before =
      this.#sums.get(key) ?? this.#edges.find((edge) => edge.from === from && edge.to === to)?.sum;
    const sum = {
      affinity: (before?.affinity ?? 0) + sign * delta.affinity,
      trust: (before?.trust ?? 0) + sign * delta.trust,
    };
    this.#sums.set(key, sum);
    return edgeValue(sum, this.#of({ from, to }));
  }
}

/** What changes come to: affinity and trust from their sums, the rest from the latest of those that stand. */
export function edgeValue(
  sum: { affinity: number; trust: number },
  standing: readonly EdgeChange[],
): EdgeValue {
  const latest = standing.toSorted((a, b) => comparePlaces(b.place, a.place)).slice(0, recentChanges);
  const knowledge = new Set(latest.flatMap(({ delta }) => delta.knowledge.toReversed()));
  return {
    affinity: fromCentre(sum.affinity),
    trust: fromCentre(sum.trust),
    knowledge: [...knowledge].slice(0, mostKnowledge).reverse(),
    summary: latest.find(({ delta }) => (delta.summary ?? '') !== '')?.delta.summary ?? '',
  };
}

const fromCentre = (sum: number) => Math.min(100, Math.max(0, 50 + sum));
