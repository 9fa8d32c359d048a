import type { RoomState } from '../domain/room-state.ts';
import { shownOf, type TranscriptMessage } from '../domain/transcript.ts';

/** A room as people read it, a piece at a time: who said what and when; earlier versions are left out. */
export function* markdownParts(
  { room, members, bots }: Pick<RoomState, 'room' | 'members' | 'bots'>,
  messages: readonly TranscriptMessage[],
): Generator<string> {
  const people = members.filter(({ role }) => role !== 'spectator');
  yield `# ${plain(room.title)}\n`;
  yield `${[...people, ...bots].map(({ name }) => plain(name)).join(', ')}\n`;
  for (const message of messages) {
    const { author, text, at } = shownOf(message);
    yield `${heading}${plain(author.name)} · ${minuteOf(at)}\n\n${text.replaceAll(looksLikeHeading, '\\$1')}\n`;
  }
}

const heading = '### ';
/** A line of a message that could be taken for the next one's heading. */
const looksLikeHeading = /^( {0,3}### .* · \d{4}-)/gm;

/** A name or title that stays text among markdown. */
function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~]/g, '\\$&');
}

const minuteOf = (at: string | undefined) =>
  at === undefined ? '' : `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
