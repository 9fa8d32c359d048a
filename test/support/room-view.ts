import { isKnown, type LoggedEvent, parseEvent } from '../../src/domain/event.ts';
import { evolve } from '../../src/domain/evolve.ts';
import type { RoomState } from '../../src/domain/room-state.ts';
import type { Draft, RoomJoinResult } from '../../src/protocol/room-join.ts';
import type { Token } from '../../src/protocol/server-events.ts';
import { stateOf } from '../../src/protocol/snapshot.ts';
import type { TabSocket } from './client.ts';
import { until } from './until.ts';

/**
 * What a tab knows of a room, kept by the letter of the protocol: events by `seq`, live text by `gen` and `offset`.
 * A hole makes it sync; nothing else does.
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
  readonly #socket: TabSocket;
  readonly #roomId: string;

  constructor(socket: TabSocket, roomId: string) {
    this.#socket = socket;
    this.#roomId = roomId;
    socket.on('append', ({ event }) => this.#take(parseEvent(event)));
    socket.on('replace', ({ event }) => this.#take(parseEvent(event)));
    socket.on('token', (token) => this.#token(token));
    socket.on('presence', (presence) => {
      this.presence = presence;
    });
    socket.on('closed', ({ reason }) => this.closedBy.push(reason));
    socket.on('head', ({ seq, epoch }) => {
      if (epoch !== this.epoch || seq > (this.state?.seq ?? 0)) void this.#sync();
    });
    // Socket.IO's own reconnect: the room is joined again from where this tab is.
    socket.io.on('reconnect', () => void this.join());
  }

  async join(): Promise<void> {
    const position = this.state === undefined ? {} : { after: this.state.seq, epoch: this.epoch };
    const result = await this.#socket
      .timeout(10_000)
      .emitWithAck('room.join', { roomId: this.#roomId, ...position });
    if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
    this.#adopt(result);
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
    this.epoch = result.epoch;
    if (result.snapshot !== null) {
      this.state = stateOf(result.snapshot, result.head);
      this.#held = new Map([...this.#held].filter(([seq]) => seq > result.head));
    }
    for (const event of result.events) this.#take(parseEvent(event));
    this.#drain();
    this.drafts.clear();
    for (const draft of result.drafts) this.drafts.set(draft.messageId, draft);
    for (const token of this.#early.splice(0)) this.#token(token);
  }

  #take(event: LoggedEvent): void {
    this.#held.set(event.seq, event);
    this.#drain();
  }

  #drain(): void {
    while (this.state !== undefined) {
      const event = this.#held.get(this.state.seq + 1);
      if (event === undefined) break;
      this.#held.delete(event.seq);
      this.state = evolve(this.state, event);
      this.events.push(event);
      this.#settleDraft(event);
    }
    for (const seq of this.#held.keys()) if (seq <= (this.state?.seq ?? 0)) this.#held.delete(seq);
    if (this.state !== undefined && this.#held.size > 0) void this.#sync();
  }

  #settleDraft(event: LoggedEvent): void {
    if (!isKnown(event)) return;
    const messageId =
      event.kind === 'message.posted'
        ? event.data.messageId
        : event.kind === 'message.replaced'
          ? event.data.message.messageId
          : undefined;
    const draft = messageId === undefined ? undefined : this.drafts.get(messageId);
    if (draft === undefined) return;
    this.finalDrafts.set(draft.messageId, draft.text);
    this.drafts.delete(draft.messageId);
  }

  #token(token: Token): void {
    if (this.state === undefined) {
      this.#early.push(token);
      return;
    }
    const { turnId, messageId, botId, gen, offset, text } = token;
    const known = this.drafts.get(messageId);
    if (known !== undefined && gen < known.gen) return;
    const before = known === undefined || gen > known.gen ? '' : known.text;
    if (offset > before.length) return void this.#sync();
    const fresh = text.slice(before.length - offset);
    this.drafts.set(messageId, { turnId, messageId, botId, gen, text: before + fresh });
  }

  async #sync(): Promise<void> {
    if (this.#isSyncing || !this.#socket.connected || this.state === undefined) return;
    this.#isSyncing = true;
    this.syncs += 1;
    try {
      const position = { after: this.state.seq, epoch: this.epoch };
      const result = await this.#socket
        .timeout(10_000)
        .emitWithAck('room.sync', { roomId: this.#roomId, ...position });
      if (result.ok) this.#adopt(result);
    } catch {
      // The connection went; the next join brings what is missing.
    } finally {
      this.#isSyncing = false;
    }
  }
}
