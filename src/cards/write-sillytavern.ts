import { isJsonObject, type JsonObject } from '../domain/json.ts';
import type { RoomState } from '../domain/room-state.ts';
import { shownOf, type TranscriptMessage, type TranscriptVersion } from '../domain/transcript.ts';
import { lineOriginOf } from './sillytavern-line.ts';

type Room = Pick<RoomState, 'room' | 'members' | 'bots'>;

/** A room as a SillyTavern chat, a line at a time: the header, then each message with its versions as swipes. */
export function* sillyTavernLines(
  { room, members, bots }: Room,
  origin: JsonObject | undefined,
  messages: readonly TranscriptMessage[],
): Generator<JsonObject> {
  const owner = members.find(({ role }) => role === 'owner');
  const host = bots.find(({ role }) => role === 'host');
  yield isJsonObject(origin?.header)
    ? origin.header
    : {
        user_name: owner?.name ?? 'unused',
        character_name: host?.name ?? 'unused',
        create_date: room.createdAt,
        chat_metadata: {},
      };
  for (const message of messages) yield lineOf(message);
}

function lineOf(message: TranscriptMessage): JsonObject {
  const { versions, current } = message;
  const shown = shownOf(message);
  const { line } = lineOriginOf(versions[0]?.origin);
  const said = { name: shown.author.name, mes: shown.text };
  if (line === undefined) {
    return {
      name: shown.author.name,
      is_user: shown.author.type === 'user',
      is_system: false,
      send_date: shown.at,
      mes: shown.text,
      extra: infoOf(shown).extra,
      ...(shown.author.type === 'bot' || versions.length > 1 ? swipesOf(message) : {}),
    };
  }
  const hadSwipes = Number.isInteger(line.swipe_id) && !Object.hasOwn(line, 'swipes');
  if (!hadSwipes && versions.length === 1) return { ...said, ...line };
  const { swipe_info: infos, ...swipes } = swipesOf(message);
  const hadInfos = versions.some(({ origin }) => lineOriginOf(origin).swipe !== undefined);
  const isNew = versions.some(({ origin }) => origin === undefined);
  return {
    ...said,
    ...line,
    ...((hadSwipes ? line.swipe_id : 0) === current ? {} : infoOf(shown)),
    ...swipes,
    ...(hadInfos || isNew ? { swipe_info: infos } : {}),
  };
}

function swipesOf({ versions, current }: TranscriptMessage) {
  return {
    swipes: versions.map(({ text }) => text),
    swipe_id: current,
    swipe_info: versions.map(infoOf),
  };
}

/** What is known of one version: as it came in, or as it was written here. */
function infoOf({ origin, at, model }: TranscriptVersion): JsonObject {
  const { swipe } = lineOriginOf(origin);
  return swipe ?? { send_date: at, extra: model === undefined ? {} : { model } };
}
