import { knownBy } from '../../src/domain/collect-consequences.ts';
import type { Decision, LeftMessage, Reach } from '../../src/domain/command.ts';
import { type Consequence, causeOf, type EdgeChange } from '../../src/domain/consequence.ts';
import { type Command, decide, reachOf } from '../../src/domain/decide.ts';
import { recentChanges } from '../../src/domain/edge-ledger.ts';
import { type Actor, isKnown, type LoggedEvent } from '../../src/domain/event.ts';
import {
  type Aftermath,
  causesIn,
  followUps,
  type Moves,
  movesOf,
  pairsIn,
  withFollowUps,
} from '../../src/domain/follow-ups.ts';
import { comparePlaces } from '../../src/domain/relationships.ts';
import type { RoomState, TimelineMessage } from '../../src/domain/room-state.ts';
import { edited, placed, replaced } from '../../src/domain/timeline.ts';
import type { NewId } from '../../src/lib/ids.ts';

type Row = { message: TimelineMessage; slot: string; leftBy?: number };

/** The timeline with all that ever stood on it, and what follows from it, in memory: what the event log keeps in tables. */
export class Shelf {
  readonly #rows = new Map<string, Row>();
  #consequences = new Map<string, Consequence>();

  take(event: LoggedEvent): void {
    if (!isKnown(event)) return;
    switch (event.kind) {
      case 'message.posted':
        this.#put(placed(event));
        break;
      case 'message.edited': {
        const row = this.#rows.get(event.data.messageId);
        if (row !== undefined) row.message = edited(row.message, event);
        this.#forget((one) =>
          [causeOf(one), this.#rows.get(causeOf(one))?.message.cause].includes(event.data.messageId),
        );
        break;
      }
      case 'message.replaced': {
        const row = this.#rows.get(event.data.supersedes);
        if (row === undefined) return;
        row.leftBy = event.seq;
        this.#put(replaced(row.message, event), row.slot);
        break;
      }
      case 'message.removed': {
        const row = this.#rows.get(event.data.supersedes);
        if (row !== undefined) row.leftBy = event.seq;
        break;
      }
      case 'memory.written':
        this.#keep(event.data.memoryId, {
          kind: 'memory',
          memory: { ...event.data, cause: event.cause ?? '' },
        });
        break;
      case 'edge.updated': {
        const { from, to, delta, withdrawn } = event.data;
        const { cause = '' } = event;
        if (withdrawn === true) return;
        const change = { from, to, delta, cause, place: { seq: 0, slot: '' } };
        this.#keep(`${cause} ${from} ${to}`, { kind: 'edge', change });
        break;
      }
      case 'bot.left':
      case 'bot.reset':
        this.#forget((one) => subjectsOf(one).includes(event.data.botId));
        break;
      case 'fact.edited':
      case 'fact.removed':
        if (event.kind === 'fact.edited' || event.data.reason !== 'withdrawn') {
          this.#forget((one) => subjectsOf(one).includes(event.data.factId));
        }
        break;
      case 'task.dismissed':
        this.#forget((one) => subjectsOf(one).includes(event.data.taskId));
        break;
      case 'fact.added':
      case 'task.added':
      case 'task.answered': {
        if (event.kind === 'task.answered') {
          this.#forget((one) => subjectsOf(one).includes(event.data.taskId));
        }
        const known = knownBy(event);
        if (known !== undefined) {
          this.#keep(`${known.cause} ${known.kind} ${subjectsOf(known).join()}`, known);
        }
      }
    }
  }

  /** What a command comes to in a state, with what becomes of what follows from the messages it moves. */
  decide(command: Command, before: RoomState, actor: Actor, newId: NewId): Decision {
    const { state, left } = this.reach(before, reachOf(command, before));
    const decision = decide(command, state, { actor, newId, left });
    const moves = movesOf(state, decision, left);
    if (moves === undefined) return decision;
    const follows = followUps(state, decision.events, moves, this.aftermath(moves));
    return { ...decision, events: withFollowUps(decision.events, follows) };
  }

  /** The state with the standing messages that a command reaches, and those that left. */
  reach(state: RoomState, reach: Reach | undefined): { state: RoomState; left: LeftMessage[] } {
    const rows = reach === undefined ? [] : [...this.#rows.values()].filter((row) => this.#isIn(row, reach));
    const standing = rows.filter(({ leftBy }) => leftBy === undefined).map(({ message }) => message);
    const older = standing.filter(
      ({ messageId }) => !state.messages.some((known) => known.messageId === messageId),
    );
    const messages = [...older, ...state.messages].toSorted((a, b) => a.seq - b.seq);
    const left = rows.flatMap(({ message, slot, leftBy }) =>
      leftBy === undefined ? [] : [{ ...message, slot, leftBy }],
    );
    return { state: older.length === 0 ? state : { ...state, messages }, left };
  }

  /** What these moves touch of what follows from messages. */
  aftermath(moves: Moves): Aftermath {
    const { leaving, added } = moves;
    const causes = causesIn(moves);
    const moved = this.#placed().filter((one) => causes.has(causeOf(one)));
    const touched = new Set(pairsIn(moves, moved).map(({ from, to }) => `${from} ${to}`));
    const staying = new Map<string, EdgeChange[]>();
    for (const one of this.standing().toReversed()) {
      if (one.kind !== 'edge' || leaving.has(one.change.cause)) continue;
      const key = `${one.change.from} ${one.change.to}`;
      const changes = staying.get(key) ?? [];
      if (touched.has(key) && changes.length < recentChanges) staying.set(key, [...changes, one.change]);
    }
    const places = new Map(added.map((one) => [causeOf(one), this.#placeOf(causeOf(one))]));
    return { moved, staying: [...staying.values()].flat(), places };
  }

  /** What follows from the messages that stand, in their order. */
  standing(): Consequence[] {
    return this.#placed().filter((one) => {
      const row = this.#rows.get(causeOf(one));
      return row !== undefined && row.leftBy === undefined;
    });
  }

  #placed(): Consequence[] {
    return [...this.#consequences.values()]
      .map(
        (one): Consequence =>
          one.kind === 'edge'
            ? { kind: 'edge', change: { ...one.change, place: this.#placeOf(one.change.cause) } }
            : one,
      )
      .toSorted((a, b) => comparePlaces(this.#placeOf(causeOf(a)), this.#placeOf(causeOf(b))));
  }

  #placeOf(cause: string) {
    const row = this.#rows.get(cause);
    return { seq: row?.message.seq ?? 0, slot: row?.slot ?? '' };
  }

  #keep(key: string, one: Consequence): void {
    if (!this.#consequences.has(key)) this.#consequences.set(key, one);
  }

  #forget(isGone: (one: Consequence) => boolean): void {
    this.#consequences = new Map([...this.#consequences].filter(([, one]) => !isGone(one)));
  }

  #put(message: TimelineMessage, slot?: string): void {
    const before = this.#rows.get(message.messageId);
    this.#rows.set(message.messageId, { message, slot: before?.slot ?? slot ?? message.messageId });
  }

  #isIn({ message, leftBy }: Row, reach: Reach): boolean {
    if ('leftBy' in reach)
      return leftBy !== undefined && leftBy >= reach.leftBy.from && leftBy <= reach.leftBy.to;
    const named = this.#rows.get('from' in reach ? reach.from : reach.around)?.message;
    if (named === undefined) return false;
    if ('from' in reach) return leftBy === undefined && message.seq >= named.seq;
    const root = named.cause ?? named.messageId;
    return message.messageId === root || message.cause === root || message.messageId === named.messageId;
  }
}

/** The bots, facts and tasks that something is about. */
function subjectsOf(one: Consequence): string[] {
  switch (one.kind) {
    case 'memory':
      return [one.memory.witnessId];
    case 'edge':
      return [one.change.from, one.change.to];
    case 'fact':
      return [one.fact.factId];
    case 'task':
      return [one.task.taskId];
    case 'answer':
      return [one.taskId];
  }
}
