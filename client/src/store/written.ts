import type { LoggedEvent } from '../../../src/domain/event.ts';
import { isKnown } from '../../../src/domain/event.ts';
import type { LiveRoom, Written } from './room-view.ts';

const writtenMax = 100;

export function writtenAfter(written: readonly Written[], event: LoggedEvent): readonly Written[] {
  if (!isKnown(event) || event.turnId === undefined) return written;
  const { kind, turnId, data } = event;
  if (kind !== 'message.posted' && kind !== 'message.replaced') return written;
  const { messageId } = kind === 'message.posted' ? data : data.message;
  return [...written, { turnId, messageId }].slice(-writtenMax);
}

/** Whether live text of a message comes too late: the message stands, or stood, or its turn is over. */
export function isOver(
  { endedTurns, written, timeline }: Pick<LiveRoom, 'endedTurns' | 'written' | 'timeline'>,
  { turnId, messageId }: Written,
): boolean {
  return (
    endedTurns.includes(turnId) ||
    written.some((one) => one.messageId === messageId) ||
    timeline.some((message) => message.messageId === messageId)
  );
}

/** What a turn said last, if it has said something: what it goes on with are words that others put in on that. */
export function saidBy({ written, timeline }: LiveRoom, turnId: string): string | undefined {
  const told = written.findLast((one) => one.turnId === turnId);
  return (told ?? timeline.findLast((message) => message.turnId === turnId))?.messageId;
}
