import { z } from 'zod';
import { type EventData, isKnown, type LoggedEvent, loggedEventSchema } from '../domain/event.ts';
import { hostFirst } from '../domain/host-first.ts';
import { isJsonObject, type JsonObject } from '../domain/json.ts';
import { knownUpTo } from '../domain/known-events.ts';
import { limits } from '../domain/limits.ts';
import type { RoomState } from '../domain/room-state.ts';
import type { Scene } from '../domain/scene.ts';
import { cutTo, fittingName, optionalLine, storableText, titleSchema } from '../domain/text.ts';
import { shownOf, Transcript, type TranscriptMessage } from '../domain/transcript.ts';
import { KibitzError } from '../lib/errors.ts';
import { type Chat, type Importer, invalidLine, jsonLines } from './chat.ts';
import { fittingConsequences, fittingKnown, requireFewKnown } from './room-log-known.ts';

const headerSchema = z.object({ kibitz: z.literal('room-log'), version: z.literal(1) });

/** The first line of a room's log as a file; an event a line follows. */
export function logHeader({ room, seq }: Pick<RoomState, 'room' | 'seq'>, exportedAt: string): JsonObject {
  return { kibitz: 'room-log', version: 1, roomId: room.id, title: room.title, head: seq, exportedAt };
}

/** Whether a file is a room's log, by its beginning. */
export function isRoomLog(text: string): boolean {
  const [first] = text.slice(0, 10_000).split('\n', 1);
  try {
    const header: unknown = JSON.parse(first ?? '');
    return isJsonObject(header) && header.kibitz === 'room-log';
  } catch {
    return false;
  }
}

/**
 * The conversation in a room's log as it stood at the end of it, with what follows from it and what was known; people, turns
 * and what was taken back stay behind.
 */
export function readRoomLog(text: string, importer: Importer): Chat {
  const lines = jsonLines(text);
  const header = lines.next().value;
  if (!headerSchema.safeParse(header?.value).success)
    throw invalidLine(1, 'is not the header of a room’s log');
  const transcript = new Transcript();
  const seen: Seen = { title: 'Imported chat', bots: [] };
  for (const { line, value } of lines) {
    const event = loggedEventSchema.safeParse(value);
    if (!event.success) throw invalidLine(line, 'is not an event of a room');
    transcript.take(event.data);
    requireFewKnown(transcript.knownSize);
    look(seen, event.data);
  }
  const messages = transcript.messages().map(fitting);
  const shown = new Set(messages.map((message) => shownOf(message).messageId));
  const { origin } = transcript;
  return {
    ...seen,
    ...(origin === undefined ? {} : { origin }),
    title: titleSchema.safeParse(seen.title).data ?? 'Imported chat',
    bots: hostFirst(seen.bots),
    me: importer.id,
    scenes: transcript.scenes.map(fittingScene),
    scene: transcript.scene,
    messages,
    consequences: fittingConsequences(transcript.consequences),
    known: knownUpTo(fittingKnown(transcript.known), shown, undefined),
  };
}

type Seen = Pick<Chat, 'title' | 'room'> & { bots: JoinedBot[] };
type JoinedBot = EventData<'bot.joined'>;

function look(seen: Seen, event: LoggedEvent): void {
  if (!isKnown(event)) return;
  switch (event.kind) {
    case 'bot.joined':
    case 'bot.left': {
      const others = seen.bots.filter(({ botId }) => botId !== event.data.botId);
      const name = fittingName(event.data.name) ?? 'Bot';
      seen.bots = event.kind === 'bot.left' ? others : [...others, { ...event.data, name }];
      return;
    }
    case 'room.created':
    case 'room.updated':
      break;
    default:
      return;
  }
  const { title, template, settings } = event.data;
  Object.assign(seen, { title, room: { template, settings } });
}

function fittingScene({ sceneId, title, place, clock }: Scene): Scene {
  const words = (text: string) => optionalLine(limits.sceneText).parse(cutTo(limits.sceneText, text));
  return { sceneId, title: words(title) || 'Scene', place: words(place), clock: words(clock) };
}

/** A message of a file as it may be stored. */
function fitting({ versions, current }: TranscriptMessage): TranscriptMessage {
  const stored = versions.map((version) => {
    if (version.text.length > limits.messageText) {
      throw new KibitzError('too_large', `A message may have ${limits.messageText} characters.`);
    }
    const { author, text, at, addressee } = version;
    const name = fittingName(author.name) ?? (author.type === 'bot' ? 'Bot' : 'Somebody');
    const time = at === undefined ? Number.NaN : Date.parse(at);
    return {
      ...version,
      author: { ...author, name },
      text: storableText(text),
      addressee: addressee && { ...addressee, reason: storableText(addressee.reason).slice(0, 1_000) },
      at: Number.isNaN(time) ? undefined : new Date(time).toISOString(),
      model: version.model === undefined ? undefined : storableText(version.model).slice(0, 200),
    };
  });
  return { versions: stored, current };
}
