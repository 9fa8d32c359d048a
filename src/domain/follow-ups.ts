import { briefFollows } from './brief-follows.ts';
import { type Decision, type LeftMessage, system } from './command.ts';
import {
  type Consequence,
  causeOf,
  type EdgeChange,
  type Feeling,
  type KnownConsequence,
  type NewConsequence,
} from './consequence.ts';
import { EdgeLedger } from './edge-ledger.ts';
import type { NewEvent } from './event.ts';
import { knownFollowUps } from './known-follow-ups.ts';
import type { Standing } from './relationships.ts';
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
 * about: so what was taken back leaves no trace. `state` is the one the decision was made on.
 */
export function followUps(
  state: Pick<RoomState, 'edges' | 'facts' | 'tasks' | 'stateVersion' | 'brief'>,
  decided: readonly NewEvent[],
  { leaving, returning, added }: Moves,
  { moved, staying, places }: Aftermath,
): NewEvent[] {
  const gone = moved.filter((one) => leaving.has(causeOf(one)));
  const back = moved.filter((one) => returning.has(causeOf(one)));
  // What follows from words is said once: by the holder that this one succeeded, perhaps.
  const said = new Set(moved.filter((one) => !leaving.has(causeOf(one))).map(nameOf));
  const fresh = added.filter((one) => !said.has(nameOf(one)));

  const ledger = new EdgeLedger(state.edges);
  ledger.know([...staying, ...gone.flatMap((one) => (one.kind === 'edge' ? [one.change] : []))]);
  const felt = [
    ...gone.filter(isFeeling).map((one) => withdrawal(one, ledger)),
    ...[...back.filter(isFeeling), ...fresh.flatMap((one) => placed(one, places))].map((one) =>
      writing(one, ledger),
    ),
  ];
  const known = knownFollowUps(state, decided, {
    gone: gone.filter(isOfKnown),
    come: [...back, ...fresh].filter(isOfKnown),
  });
  const factsOf = (kind: NewEvent['kind']) =>
    [...decided, ...known].flatMap((event) =>
      event.kind === kind && 'factId' in event.data ? [event.data.factId] : [],
    );
  const there = new Set(factsOf('fact.added'));
  return [
    ...felt,
    ...known,
    ...briefFollows(state.brief, {
      // What leaves and is noted anew under its id stays.
      gone: new Set([...leaving, ...factsOf('fact.removed').filter((id) => !there.has(id))]),
      back: new Set([...returning, ...there]),
    }),
  ];
}

/** A decision’s events with what follows from them: before the end of a turn, which does nothing after that. */
export function withFollowUps(decided: readonly NewEvent[], follows: readonly NewEvent[]): NewEvent[] {
  const end = decided.at(-1);
  return end?.kind === 'turn.ended' ? [...decided.slice(0, -1), ...follows, end] : [...decided, ...follows];
}

/** What is told of a message once: what is felt and remembered, and each thing that is known by it. */
function nameOf(one: Consequence | NewConsequence): string {
  switch (one.kind) {
    case 'memory':
    case 'edge':
      return `feelings ${causeOf(one)}`;
    case 'fact':
      return `${one.cause} ${one.fact.factId}`;
    case 'task':
      return `${one.cause} ${one.task.taskId}`;
    case 'answer':
      return `${one.cause} ${one.taskId} answer`;
  }
}

const isFeeling = (one: Consequence): one is Feeling => one.kind === 'memory' || one.kind === 'edge';
const isOfKnown = (one: Consequence | NewConsequence): one is KnownConsequence =>
  one.kind !== 'memory' && one.kind !== 'edge';

function placed(one: NewConsequence, places: Aftermath['places']): Feeling[] {
  const place = places.get(causeOf(one));
  if (place === undefined) return [];
  switch (one.kind) {
    case 'memory':
      return [{ kind: 'memory', memory: { ...one.memory, place } }];
    case 'edge':
      return [{ kind: 'edge', change: { ...one.change, place } }];
    default:
      return [];
  }
}

function withdrawal(one: Feeling, ledger: EdgeLedger): NewEvent {
  if (one.kind === 'memory') {
    const { cause, ...data } = one.memory;
    return { kind: 'memory.withdrawn', actor: system, cause, data };
  }
  const { cause, from, to, delta } = one.change;
  const taken = { ...delta, affinity: 0 - delta.affinity, trust: 0 - delta.trust };
  const data = { from, to, delta: taken, after: ledger.without(one.change), withdrawn: true as const };
  return { kind: 'edge.updated', actor: system, cause, data };
}

function writing(one: Feeling, ledger: EdgeLedger): NewEvent {
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
