import type { NewConsequence } from '../domain/consequence.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Known } from '../domain/known-events.ts';
import { limits } from '../domain/limits.ts';
import type { RoomBot, RoomState } from '../domain/room-state.ts';
import type { Scene } from '../domain/scene.ts';
import type { TranscriptMessage } from '../domain/transcript.ts';
import { KibitzError } from '../lib/errors.ts';

/** Bytes that a chat may have which is to become a room. */
export const maxChatBytes = 10 * 1024 * 1024;

/**
 * A conversation from a file, before it is a room. Ids are those of the file: `me` is the author who is the importer, and
 * `bots` are the room's, the first of which is the host.
 */
export type Chat = {
  title: string;
  room?: Pick<RoomState['room'], 'template' | 'settings'>;
  origin?: JsonObject;
  me: string | undefined;
  bots: Pick<RoomBot, 'botId' | 'name'>[];
  /** The scenes of its messages, and the one that is open. */
  scenes: Scene[];
  scene?: string | undefined;
  messages: TranscriptMessage[];
  /** What follows from the messages that are shown, and what was known. */
  consequences?: NewConsequence[];
  known?: Known;
};

/** Who brings a chat in. */
export type Importer = { id: string; name: string };

export const invalidLine = (line: number, why: string) =>
  new KibitzError('invalid', `The chat cannot be read: line ${line} ${why}.`, { field: 'data', line });

/** The lines of a file that say something, each parsed, with the numbers people count them by. */
export function* jsonLines(text: string): Generator<{ line: number; value: unknown }> {
  let line = 0;
  for (const row of rowsOf(text.startsWith('\ufeff') ? text.slice(1) : text)) {
    line += 1;
    if (row.trim() === '') continue;
    try {
      yield { line, value: JSON.parse(row) };
    } catch {
      throw invalidLine(line, 'is not JSON');
    }
  }
}

/** One after the other: a reader that has had enough does not pay for the rest. */
function* rowsOf(text: string): Generator<string> {
  for (let at = 0; at <= text.length; ) {
    const end = text.indexOf('\n', at);
    yield end < 0 ? text.slice(at) : text.slice(at, end);
    if (end < 0) return;
    at = end + 1;
  }
}

/** Refuses a chat of more than a room can begin with. */
export function checkSize({ messages, bots }: Pick<Chat, 'messages' | 'bots'>): void {
  const versions = messages.reduce((sum, message) => sum + message.versions.length, 0);
  const counts = [
    [messages.length, limits.importMessages, 'messages'],
    [versions, limits.importVersions, 'versions of messages'],
    [bots.length, limits.bots, 'characters'],
  ] as const;
  for (const [count, most, what] of counts) {
    if (count > most)
      throw new KibitzError('too_large', `A chat of more than ${most} ${what} cannot become a room.`);
  }
}
