import { isKnown, type LoggedEvent, parseEvent } from '../../src/domain/event.ts';
import { evolve } from '../../src/domain/evolve.ts';
import type { RoomState } from '../../src/domain/room-state.ts';
import type { Draft, RoomJoinResult } from '../../src/protocol/room-join.ts';
import type { Token } from '../../src/protocol/server-events.ts';
import { stateOf } from '../../src/protocol/snapshot.ts';
import type { TabSocket } from './client.ts';
import type { Reading } from './history/history.ts';
import { until } from './until.ts';

/** Milliseconds until a join that was refused or not answered is tried again. */
const joinAgainAfter = 200;

/**
 * What a tab knows of a room, kept by the letter of the protocol: events by `seq`, live text by `gen` and `offset`.
 * A hole makes it sync; nothing else does. It may move to another process, and goes on there from where it is.
 */
export class RoomView {
  state: RoomState | undefined;
  epoch = '';
  /** Every event received, in the order in which it was applied. */
  readonly events: LoggedEvent[] = [];
  readonly drafts = new Map<string, Draft>();
  /** The live text of replies that have ended, as it stood then, by message id. */
  readonly finalDrafts = new Map<string, string>();
  readonly closedBy: string[] = [];
  presence: { people: { name: string; tabs: number }[]; spectators: number } | undefined;
  syncs = 0;

  #held = new Map<number, LoggedEvent>();
  #early: Token[] = [];
  #isSyncing = false;
  /** Turns that have ended: live text of theirs that comes late is void. */
  readonly #endedTurns = new Set<string>();
  #socket: TabSocket;
  readonly #roomId: string;
  readonly #observe: (reading: Reading) => void;

  constructor(socket: TabSocket, roomId: string, observe: (reading: Reading) => void = () => {}) {
    this.#socket = socket;
    this.#roomId = roomId;
    this.#observe = observe;
    this.#listen(socket);
  }

  /** Goes on with another connection, to whichever process; the old one is for the caller to close. */
  moveTo(socket: TabSocket): void {
    this.#socket = socket;
    this.#isSyncing = false;
    this.#listen(socket);
    if (socket.connected) void this.#joinAgain(socket);
  }

  #listen(socket: TabSocket): void {
    const isMine = () => socket === this.#socket;
    socket.on('append', ({ event }) => isMine() && this.#hear(parseEvent(event)));
    socket.on('replace', ({ event }) => isMine() && this.#hear(parseEvent(event)));
    socket.on('token', (token) => {
      if (!isMine()) return;
      this.#observe({ type: 'live', ...token });
      this.#token(token);
    });
    socket.on('presence', (presence) => {
      this.presence = presence;
    });
    socket.on('closed', ({ reason }) => this.closedBy.push(reason));
    socket.on('head', ({ seq, epoch }) => {
      if (isMine() && (epoch !== this.epoch || seq > (this.state?.seq ?? 0))) void this.#sync();
    });
    // Also after Socket.IO's own reconnect: the room is joined again from where this tab is.
    socket.on('connect', () => void this.#joinAgain(socket));
  }

  /** Joins until it is let in, or the connection is gone once more. */
  async #joinAgain(socket: TabSocket): Promise<void> {
    while (socket === this.#socket && socket.connected) {
      const isIn = await this.join().then(
        () => true,
        () => false,
      );
      if (isIn) return;
      await new Promise((resolve) => setTimeout(resolve, joinAgainAfter));
    }
  }

  async join(): Promise<void> {
    const position = this.state === undefined ? {} : { after: this.state.seq, epoch: this.epoch };
    const socket = this.#socket;
    const result = await socket
      .timeout(10_000)
      .emitWithAck('room.join', { roomId: this.#roomId, ...position });
    if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
    if (socket === this.#socket) this.#adopt(result);
  }

  texts(): string[] {
    return this.state?.messages.map(({ text }) => text) ?? [];
  }

  /** Waits for an event that fits, received already or still to come. */
  event(what: string, fits: (event: LoggedEvent) => boolean, limit?: number): Promise<LoggedEvent> {
    return until(what, () => this.events.find(fits), limit);
  }

  /** Waits for the end of a turn. */
  turnEnd(turnId: string, limit?: number): Promise<LoggedEvent> {
    return this.event(
      `the end of turn ${turnId}`,
      (event) => event.kind === 'turn.ended' && event.turnId === turnId,
      limit,
    );
  }

  #adopt(result: RoomJoinResult): void {
    const { epoch, head, snapshot } = result;
    const isStale = epoch === this.epoch && head < (this.state?.seq ?? 0);
    this.epoch = epoch;
    // One that is older than what is shown has been overtaken on its way.
    if (snapshot !== null && !isStale) {
      this.#observe({ type: 'snapshot', epoch, head, snapshot });
      this.state = stateOf(snapshot, head);
      this.#held = new Map([...this.#held].filter(([seq]) => seq > head));
    }
    for (const event of result.events) this.#hear(parseEvent(event));
    this.#drain();
    const mine = [...this.drafts.values()].filter(({ turnId }) =>
      this.state?.turns.some((turn) => turn.turnId === turnId),
    );
    this.drafts.clear();
    for (const draft of result.drafts) this.#observe({ type: 'live', offset: 0, ...draft });
    // Of two states of one reply the later one: what was told here may have got further meanwhile.
    for (const draft of [...mine, ...result.drafts]) {
      const known = this.drafts.get(draft.messageId);
      const isLater =
        known === undefined ||
        draft.gen > known.gen ||
        (draft.gen === known.gen && draft.text.length > known.text.length);
      if (isLater && !this.#isOver(draft)) this.drafts.set(draft.messageId, draft);
    }
    for (const token of this.#early.splice(0)) this.#token(token);
  }

  #isOver({ turnId, messageId }: Pick<Draft, 'turnId' | 'messageId'>): boolean {
    return (
      this.#endedTurns.has(turnId) ||
      (this.state?.messages.some((message) => message.messageId === messageId) ?? false)
    );
  }

  #hear(event: LoggedEvent): void {
    this.#observe({ type: 'event', epoch: this.epoch, event });
    this.#held.set(event.seq, event);
    this.#drain();
  }

  #drain(): void {
    while (this.state !== undefined) {
      const event = this.#held.get(this.state.seq + 1);
      if (event === undefined) break;
      this.#held.delete(event.seq);
      this.#observe({ type: 'shown', epoch: this.epoch, seq: event.seq });
      this.state = evolve(this.state, event);
      this.events.push(event);
      this.#settleDraft(event);
    }
    for (const seq of this.#held.keys()) if (seq <= (this.state?.seq ?? 0)) this.#held.delete(seq);
    if (this.state !== undefined && this.#held.size > 0) void this.#sync();
  }

  #settleDraft(event: LoggedEvent): void {
    if (!isKnown(event)) return;
    if (event.kind === 'turn.ended') this.#endTurn(event.turnId ?? '');
    const messageId =
      event.kind === 'message.posted'
        ? event.data.messageId
        : event.kind === 'message.replaced'
          ? event.data.message.messageId
          : undefined;
    const draft = messageId === undefined ? undefined : this.drafts.get(messageId);
    if (draft === undefined) return;
    this.#observe({ type: 'settled', messageId: draft.messageId, gen: draft.gen, text: draft.text });
    this.finalDrafts.set(draft.messageId, draft.text);
    this.drafts.delete(draft.messageId);
  }

  /** What was being written is not, any more: a reply that was not to replace another leaves nothing. */
  #endTurn(turnId: string): void {
    this.#endedTurns.add(turnId);
    for (const draft of [...this.drafts.values()]) {
      if (draft.turnId === turnId) this.drafts.delete(draft.messageId);
    }
  }

  #token(token: Token): void {
    if (this.state === undefined) {
      this.#early.push(token);
      return;
    }
    const { turnId, messageId, botId, gen, offset, text } = token;
    if (this.#isOver(token)) return;
    // Text of a turn that is not open came before it, or long after it.
    if (!this.state.turns.some((turn) => turn.turnId === turnId)) return;
    const known = this.drafts.get(messageId);
    if (known !== undefined && gen < known.gen) return;
    const before = known === undefined || gen > known.gen ? '' : known.text;
    if (offset > before.length) return void this.#sync();
    // A repeat, in whole or in part, adds nothing where it repeats.
    const fresh = text.slice(before.length - offset);
    this.drafts.set(messageId, { turnId, messageId, botId, gen, text: before + fresh });
  }

  async #sync(): Promise<void> {
    if (this.#isSyncing || !this.#socket.connected || this.state === undefined) return;
    this.#isSyncing = true;
    this.syncs += 1;
    try {
      const position = { after: this.state.seq, epoch: this.epoch };
      const socket = this.#socket;
      const result = await socket
        .timeout(10_000)
        .emitWithAck('room.sync', { roomId: this.#roomId, ...position });
      if (result.ok && socket === this.#socket) this.#adopt(result);
    } catch {
      // The connection went; the next join brings what is missing.
    } finally {
      this.#isSyncing = false;
    }
  }
}
