import type { LoggedEvent, RoomEvent } from '../domain/event.ts';
import { evolve } from '../domain/evolve.ts';
import { initialState, type RoomState } from '../domain/room-state.ts';
import type { AppendOutcome } from './append.ts';
import type { EventReader } from './read-events.ts';

const pageSize = 1_000;

/** Whether this process appended an event itself. */
export type Origin = 'here' | 'elsewhere';

type Publish = (events: readonly LoggedEvent[], origin: Origin) => void;

/**
 * A room in this process's memory. `committed` is the durable state; `tentative` is ahead of it by the appends under
 * way, so that the next command is decided on what will be true by the time it is appended. When an append fails,
 * everything decided on top of it is appended to a head that never came about, fails too, and is decided again.
 */
export class OpenRoom {
  /** The sequence number of the stored snapshot. */
  snapshotSeq: number;

  #committed: RoomState;
  #tentative: RoomState;
  /** The last append under way, which the tentative state rests on. */
  #pendingMark: string | undefined;
  /** Counts the times the tentative state was given up. */
  #generation = 0;
  #lastAppend: Promise<unknown> = Promise.resolve();
  #alone: Promise<unknown> | undefined;
  #catchingUp: Promise<void> | undefined;
  /** Events that this process is appending. */
  readonly #underWay = new Set<readonly RoomEvent[]>();
  readonly #reader: EventReader;
  readonly #publish: Publish;

  constructor(state: RoomState, reader: EventReader, publish: Publish) {
    this.#committed = state;
    this.#tentative = state;
    this.snapshotSeq = state.seq;
    this.#reader = reader;
    this.#publish = publish;
  }

  get roomId(): string {
    return this.#committed.room.id;
  }

  get committed(): RoomState {
    return this.#committed;
  }

  get tentative(): RoomState {
    return this.#tentative;
  }

  /**
   * Appends events decided on the tentative state. Those that come next are decided on top of them at once. `write` is
   * told which append must have made the head.
   */
  append(
    events: readonly RoomEvent[],
    mark: string,
    write: (after: string | undefined) => Promise<AppendOutcome>,
  ): Promise<AppendOutcome> {
    const base = this.#tentative;
    const after = events.reduce(evolve, base);
    const writing = write(this.#pendingMark);
    this.#tentative = after;
    this.#pendingMark = mark;
    this.#underWay.add(events);
    const appending = this.#finish(writing, this.#generation, () => {
      if (this.#pendingMark === mark) this.#pendingMark = undefined;
      // Nobody else wrote in between: the states folded ahead are the durable ones.
      if (this.#committed.seq === base.seq) return this.#adopt(after, events, 'here');
      // An append before it has landed though nobody could tell.
      if (this.#committed.seq < base.seq) return this.catchUp();
      this.#advance(events, 'here');
    }).finally(() => this.#underWay.delete(events));
    this.#lastAppend = appending;
    return appending;
  }

  async #finish(
    write: Promise<AppendOutcome>,
    generation: number,
    commit: () => Promise<void> | void,
  ): Promise<AppendOutcome> {
    let outcome: AppendOutcome | undefined;
    try {
      outcome = await write;
      return outcome;
    } finally {
      if (outcome === 'appended') await commit();
      else if (this.#generation === generation) {
        this.#generation += 1;
        this.#tentative = this.#committed;
        this.#pendingMark = undefined;
      }
    }
  }

  /** Resolves when no append of this process is under way. */
  async settled(): Promise<void> {
    let last: Promise<unknown> | undefined;
    while (last !== this.#lastAppend) {
      last = this.#lastAppend;
      await last.catch(() => {});
    }
  }

  /** Set while somebody works `alone`; who is about to decide waits for it, and looks again. */
  get busy(): Promise<unknown> | undefined {
    return this.#alone;
  }

  /**
   * Runs `work` when nothing is being appended and while nobody else of this process decides, so that what it reads in the
   * database is what the tentative state rests on. Others wait no longer than it takes.
   */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    while (this.#alone !== undefined) await this.#alone.catch(() => {});
    const working = this.settled().then(work);
    this.#alone = working;
    try {
      return await working;
    } finally {
      this.#alone = undefined;
    }
  }

  #adopt(state: RoomState, events: readonly LoggedEvent[], origin: Origin): void {
    this.#committed = state;
    if (this.#tentative.seq <= state.seq) this.#tentative = state;
    if (origin === 'here' || this.#underWay.size === 0) this.#publish(events, origin);
    else for (const event of events) this.#publish([event], this.#isOurs(event) ? 'here' : origin);
  }

  /**
   * Whether an event that was read is one that this process is appending: a commit may be seen before its answer comes. One of
   * somebody else who did the same in the same millisecond passes for ours, which says only that others are told twice.
   */
  #isOurs({ seq, kind, at, actor, turnId }: LoggedEvent): boolean {
    for (const events of this.#underWay) {
      const own = events.find((event) => event.seq === seq);
      if (own?.kind === kind && own.at === at && own.actor.id === actor.id && own.turnId === turnId)
        return true;
    }
    return false;
  }

  /** Takes in durable events, in order, whoever appended them; those already known are passed over. */
  #advance(events: readonly LoggedEvent[], origin: Origin): void {
    const fresh = events.filter((event) => event.seq > this.#committed.seq);
    if (fresh.length === 0) return;
    const isIdle = this.#tentative === this.#committed;
    const state = fresh.reduce(evolve, this.#committed);
    if (isIdle) this.#tentative = state;
    this.#adopt(state, fresh, origin);
  }

  /** Takes in what another process says it has appended; where something before it is missing, the log is read. */
  async hear(events: readonly LoggedEvent[]): Promise<void> {
    if ((events[0]?.seq ?? 0) > this.#committed.seq + 1) return this.catchUp();
    this.#advance(events, 'elsewhere');
  }

  /** Reads what others have appended since. Calls at the same time share the reading. */
  catchUp(): Promise<void> {
    this.#catchingUp ??= this.#readOn().finally(() => {
      this.#catchingUp = undefined;
    });
    return this.#catchingUp;
  }

  async #readOn(): Promise<void> {
    for (;;) {
      const events = await this.#reader.eventsAfter(this.roomId, this.#committed.seq, pageSize);
      this.#advance(events, 'elsewhere');
      if (events.length < pageSize) return;
    }
  }
}

/** A room's state from where a snapshot left off, or from its first event. */
export async function foldFrom(
  reader: EventReader,
  roomId: string,
  snapshot: RoomState = initialState(roomId),
): Promise<RoomState> {
  let state = snapshot;
  for (;;) {
    const events = await reader.eventsAfter(roomId, state.seq, pageSize);
    state = events.reduce(evolve, state);
    if (events.length < pageSize) return state;
  }
}
