import type { RoomState, TimelineMessage, Turn } from '../../../src/domain/room-state.ts';
import type { Outbox, Outgoing } from './outbox.ts';

/** A row of the timeline. Rows know nothing of live text: that is read where it is drawn. */
export type TimelineItem =
  | {
      kind: 'message';
      key: string;
      message: TimelineMessage;
      continues: boolean;
      newDay: boolean;
      quotes: boolean;
    }
  | { kind: 'outgoing'; key: string; outgoing: Outgoing }
  | { kind: 'writing'; key: string; turn: Extract<Turn, { status: 'running' }> }
  | { kind: 'queued'; key: string; turn: Turn };

const groupWithinMs = 5 * 60_000;

function dayOf(at: string): string {
  return new Date(at).toDateString();
}

/** Whether a message stood under an id, now or in an earlier version. */
export function isAt(message: TimelineMessage | undefined, messageId: string): boolean {
  if (message === undefined) return false;
  return (
    message.messageId === messageId || message.versions.some((version) => version.messageId === messageId)
  );
}

/** A place of the timeline, whatever version stands in it. Interjections may share the place of what they are about. */
function keyOf({ seq, interjectionOf, author }: TimelineMessage): string {
  return interjectionOf === undefined ? `m${seq}` : `m${seq}-${author.id}`;
}

/** Whether a message needs no heading of its own: the same author went on within minutes. */
function continuesFrom(before: TimelineMessage | undefined, message: TimelineMessage): boolean {
  if (before === undefined || before.author.id !== message.author.id) return false;
  if (message.replyTo !== undefined && message.author.type === 'user') return false;
  const apart = Date.parse(message.at) - Date.parse(before.at);
  return message.author.type === 'user' && apart >= 0 && apart < groupWithinMs;
}

/** The rows in the order in which the log will hold them: what is sent now comes before the reply being written. */
export function timelineItems(
  timeline: readonly TimelineMessage[],
  turns: RoomState['turns'],
  outgoing: Outbox,
): TimelineItem[] {
  const messages = timeline.map((message, index): TimelineItem => {
    const before = timeline[index - 1];
    const newDay = before === undefined || dayOf(before.at) !== dayOf(message.at);
    const continues = !newDay && continuesFrom(before, message);
    const quotes = message.replyTo !== undefined && !isAt(before, message.replyTo);
    return { kind: 'message', key: keyOf(message), message, continues, newDay, quotes };
  });
  const row = (message: Outgoing): TimelineItem => ({
    kind: 'outgoing',
    key: `o${message.commandId}`,
    outgoing: message,
  });
  const isRefused = (message: Outgoing) => message.status === 'refused';
  return [
    ...messages,
    ...outgoing.filter((message) => !isRefused(message)).map(row),
    ...turns.flatMap((turn) => turnRow(turn)),
    ...outgoing.filter(isRefused).map(row),
  ];
}

/** A reply that is written anew is shown in the place of the old one; words that others put in on it, at the end. */
function turnRow(turn: Turn): TimelineItem[] {
  if (turn.status === 'queued') {
    return 'regenerate' in turn.trigger ? [] : [{ kind: 'queued', key: `q${turn.turnId}`, turn }];
  }
  const { botId } = turn.addressee;
  return botId === null ? [] : [{ kind: 'writing', key: `w${turn.turnId}`, turn }];
}
