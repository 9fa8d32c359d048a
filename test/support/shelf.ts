import type { LeftMessage, Reach } from '../../src/domain/command.ts';
import { isKnown, type LoggedEvent } from '../../src/domain/event.ts';
import type { RoomState, TimelineMessage } from '../../src/domain/room-state.ts';
import { edited, placed, replaced } from '../../src/domain/timeline.ts';

type Row = { message: TimelineMessage; slot: string; leftBy?: number };

/** The timeline with all that ever stood on it, in memory: what the event log keeps in a table. */
export class Shelf {
  readonly #rows = new Map<string, Row>();

  take(event: LoggedEvent): void {
    if (!isKnown(event)) return;
    switch (event.kind) {
      case 'message.posted':
        this.#put(placed(event));
        break;
      case 'message.edited': {
        const row = this.#rows.get(event.data.messageId);
        if (row !== undefined) row.message = edited(row.message, event);
        return;
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
      }
    }
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
