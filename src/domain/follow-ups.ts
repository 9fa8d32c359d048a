import { type Decision, type LeftMessage, system } from './command.ts';
import { type Consequence, causeOf, type EdgeChange, type NewConsequence } from './consequence.ts';
import type { NewEvent } from './event.ts';
import { comparePlaces, type Edge, type EdgeValue, type Standing } from './relationships.ts';
import type { RoomState } from './room-state.ts';

/** What a decision does to messages that something may follow from. */
export type Moves = {
  /** Messages that leave the timeline or come to say something else. */
  leaving: ReadonlySet<string>;
  /** Messages that stood on it before and come back. */
  returning: ReadonlySet<string>;
  added: readonly NewConsequence[];
};

/** What is stored of what follows from messages, as far as moves touch it. */
export type Aftermath = {
  /** What follows from the messages named by `causesIn`, in their order on the timeline. */
  moved: readonly Consequence[];
  /** For each pair touched: the latest changes that stand and stay. */
  staying: readonly EdgeChange[];
  /** Where the messages stand that something is added to. */
  places: ReadonlyMap<string, Standing>;
};

/** Of the changes of one edge, those that what is known and the summary are drawn from: the latest. */
export const recentChanges = 100;
const mostKnowledge = 20;

/** The messages of which it must be known what follows from them. */
export function causesIn({ leaving, returning, added }: Moves): Set<string> {
  return new Set([...leaving, ...returning, ...added.map(causeOf)]);
}

/** The pairs that moves touch, given what follows from the messages moved. */
export function pairsIn({ added }: Moves, moved: readonly Consequence[]): { from: string; to: string }[] {
  const changes = [...added, ...moved].flatMap((one) => (one.kind === 'edge' ? [one.change] : []));
  return [...new Map(changes.map(({ from, to }) => [`${from} ${to}`, { from, to }])).values()];
}

/** What a decision does to messages that something may follow from; undefined when it moves none. */
export function movesOf(
  { messages }: Pick<RoomState, 'messages'>,
  decision: Decision,
  left: readonly LeftMessage[],
): Moves | undefined {
  const known = new Set(left.map(({ messageId }) => messageId));
  const leaving = new Set<string>();
  const returning = new Set<string>();
  const enter = (messageId: string) => {
    if (known.has(messageId)) returning.add(messageId);
  };
  for (const { kind, data } of decision.events) {
    if (kind === 'message.removed' || kind === 'message.replaced') leaving.add(data.supersedes);
    if (kind === 'message.edited') {
      // Who heard it, and the answers to it, heard something else.
      leaving.add(data.messageId);
      for (const { messageId, cause } of messages) if (cause === data.messageId) leaving.add(messageId);
    }
    if (kind === 'message.replaced') enter(data.message.messageId);
    if (kind === 'message.posted') enter(data.messageId);
  }
  const added = decision.consequences ?? [];
  return leaving.size + returning.size + added.length === 0 ? undefined : { leaving, returning, added };
}

/**
 * The events by which what follows from messages follows them: withdrawn with those that leave, written again with those
 * that return, and what is added. What an edge comes to is a function of the changes that stand, however they came
 * about: so what was taken back leaves no trace.
 */
export function followUps(
  { edges }: Pick<RoomState, 'edges'>,
  { leaving, returning, added }: Moves,
  { moved, staying, places }: Aftermath,
): NewEvent[] {
  const ledger = new EdgeLedger(edges);
  const gone = moved.filter((one) => leaving.has(causeOf(one)));
  ledger.know([...staying, ...changesOf(gone)]);
  const back = moved.filter((one) => returning.has(causeOf(one)));
  // What follows from words is said once: by the holder that this one succeeded, perhaps.
  const said = new Set(moved.map(causeOf));
  const fresh = added.filter((one) => !said.has(causeOf(one)));
  return [
    ...gone.map((one) => withdrawal(one, ledger)),
    ...[...back, ...fresh.flatMap((one) => placed(one, places))].map((one) => writing(one, ledger)),
  ];
}

const changesOf = (list: readonly Consequence[]) =>
  list.flatMap((one) => (one.kind === 'edge' ? [one.change] : []));

function placed(one: NewConsequence, places: Aftermath['places']): Consequence[] {
  const place = places.get(causeOf(one));
  if (place === undefined) return [];
  return one.kind === 'memory'
    ? [{ kind: 'memory', memory: { ...one.memory, place } }]
    : [{ kind: 'edge', change: { ...one.change, place } }];
}

function withdrawal(one: Consequence, ledger: EdgeLedger): NewEvent {
  if (one.kind === 'memory') {
    const { cause, ...data } = one.memory;
    return { kind: 'memory.withdrawn', actor: system, cause, data };
  }
  const { cause, from, to, delta } = one.change;
  const taken = { ...delta, affinity: 0 - delta.affinity, trust: 0 - delta.trust };
  const data = { from, to, delta: taken, after: ledger.without(one.change), withdrawn: true as const };
  return { kind: 'edge.updated', actor: system, cause, data };
}

function writing(one: Consequence, ledger: EdgeLedger): NewEvent {
  if (one.kind === 'memory') {
    const { cause, ...data } = one.memory;
    return { kind: 'memory.written', actor: { type: 'bot', id: data.witnessId }, cause, data };
  }
  const { cause, from, to, delta } = one.change;
  return {
    kind: 'edge.updated',
    actor: system,
    cause,
    data: { from, to, delta, after: ledger.with(one.change) },
  };
}

/** The edges touched, from change to change. */
class EdgeLedger {
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

  with(change: EdgeChange): EdgeValue {
    this.#of(change).push(change);
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
