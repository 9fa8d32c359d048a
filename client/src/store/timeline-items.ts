import type { RoomState, TimelineMessage, Turn } from '../../../src/domain/room-state.ts';
import type { Outbox, Outgoing } from './outbox.ts';
import { type SceneMark, type SceneNow, sceneMarks } from './scenes.ts';
import type { Speaking } from './speaking.ts';

/** A row of the timeline. Rows know nothing of live text: that is read where it is drawn. */
export type TimelineItem =
  | {
      kind: 'message';
      key: string;
      message: TimelineMessage;
      continues: boolean;
      /** When its day began to be spoken on, where the one before is of another day. */
      day: string | undefined;
      /** The scene that begins or ends right before it. */
      scene: SceneMark | undefined;
      /** What it is about, by id, where that does not stand right above. */
      quote: string | undefined;
    }
  /** A change of scene in which nothing has been said yet. */
  | { kind: 'scene'; key: string; mark: SceneMark }
  | { kind: 'outgoing'; key: string; outgoing: Outgoing }
  | { kind: 'writing'; key: string; speaking: Speaking }
  | { kind: 'queued'; key: string; turn: Turn; position: number };

const groupWithinMs = 5 * 60_000;

function dayOf(at: string): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** When something was first said in the place of a message. A later version does not move it to another day. */
function openedAt({ at, versions }: TimelineMessage): string {
  return versions.reduce((earliest, version) => (version.at < earliest ? version.at : earliest), at);
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

/** What a message replies to or puts in a word on, unless it stands right above. */
function quoteOf(message: TimelineMessage, before: TimelineMessage | undefined): string | undefined {
  const about = message.interjectionOf ?? message.replyTo;
  return about === undefined || isAt(before, about) ? undefined : about;
}

function messageRows(
  timeline: readonly TimelineMessage[],
  scenes: readonly (SceneMark | undefined)[],
): TimelineItem[] {
  let latest = 0;
  return timeline.map((message, index): TimelineItem => {
    const before = timeline[index - 1];
    const opened = openedAt(message);
    // A word that was put in late stands under what it is about, whenever that was.
    const newDay = dayOf(opened) > latest && (message.interjectionOf === undefined || before === undefined);
    if (newDay) latest = dayOf(opened);
    const day = newDay ? opened : undefined;
    const scene = scenes[index];
    const continues = !newDay && scene === undefined && continuesFrom(before, message);
    const quote = quoteOf(message, before);
    return { kind: 'message', key: keyOf(message), message, continues, day, scene, quote };
  });
}

/** The rows in the order in which the log will hold them: what is sent now comes before the reply being written. */
export function timelineItems(
  timeline: readonly TimelineMessage[],
  turns: RoomState['turns'],
  outgoing: Outbox,
  speaking: Speaking | undefined,
  scene: SceneNow = { now: null, isWhole: false },
): TimelineItem[] {
  const marks = sceneMarks(timeline, scene);
  const row = (message: Outgoing): TimelineItem => ({
    kind: 'outgoing',
    key: `o${message.commandId}`,
    outgoing: message,
  });
  const isRefused = (message: Outgoing) => message.status === 'refused';
  return [
    ...messageRows(timeline, marks.before),
    ...(marks.after === undefined ? [] : [sceneRow(marks.after)]),
    ...outgoing.filter((message) => !isRefused(message)).map(row),
    ...(speaking === undefined ? [] : [writingRow(speaking)]),
    ...queuedRows(turns),
    ...outgoing.filter(isRefused).map(row),
  ];
}

function sceneRow(mark: SceneMark): TimelineItem {
  return { kind: 'scene', key: `s${mark.sceneId ?? ''}`, mark };
}

function writingRow(speaking: Speaking): TimelineItem {
  const { turnId, on } = speaking;
  return { kind: 'writing', key: `w${turnId}${on === undefined ? '' : `-${on}`}`, speaking };
}

/** What waits, by its place among all that wait. A reply that waits to be written anew says so in its own place. */
function queuedRows(turns: RoomState['turns']): TimelineItem[] {
  return turns
    .filter((turn) => turn.status === 'queued')
    .flatMap((turn, index) =>
      'messageId' in turn.trigger
        ? [{ kind: 'queued', key: `q${turn.turnId}`, turn, position: index + 1 }]
        : [],
    );
}
