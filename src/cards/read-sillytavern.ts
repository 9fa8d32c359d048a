import { fitsIn, isJsonObject, type JsonObject } from '../domain/json.ts';
import { limits } from '../domain/limits.ts';
import { fittingName, storableText } from '../domain/text.ts';
import type { TranscriptMessage } from '../domain/transcript.ts';
import { KibitzError } from '../lib/errors.ts';
import { type Chat, type Importer, invalidLine, jsonLines } from './chat.ts';
import { readSendDate } from './send-date.ts';
import { type Line, type LineOrigin, lineSchema, swipesIn } from './sillytavern-line.ts';

type Row = { line: number; raw: JsonObject; said: Line };

/** A SillyTavern chat: a header line and a line for each message. What is not understood is kept for the way back. */
export function readSillyTavern(text: string, importer: Importer): Chat {
  const { header, rows } = rowsOf(text);
  const userName = named(header?.user_name);
  const characterName = named(header?.character_name);
  const nameOf = ({ said }: Row) =>
    fittingName(said.name ?? '') ??
    (said.is_user ? (userName ?? importer.name) : (characterName ?? 'Character'));
  const isBot = botsAmong(rows, nameOf, characterName);
  const users = new Set(rows.filter(({ said }) => said.is_user).map(nameOf));
  const bots = new Set(rows.filter(isBot).map(nameOf));
  return {
    title: characterName ?? [...bots][0] ?? 'Imported chat',
    ...(header === undefined ? {} : kept({ header })),
    me: [userName, importer.name, ...(users.size === 1 ? users : [])].find((name) => name && users.has(name)),
    bots: [...bots].map((name) => ({ botId: name, name })),
    scenes: [],
    messages: withCauses(rows.map((row) => messageOf(row, nameOf(row), isBot(row)))),
  };
}

/** SillyTavern writes “unused” where a chat has no one of the kind. */
function named(value: unknown): string | undefined {
  return typeof value === 'string' && value !== 'unused' ? fittingName(value) : undefined;
}

function rowsOf(text: string): { header: JsonObject | undefined; rows: Row[] } {
  let header: JsonObject | undefined;
  const rows: Row[] = [];
  let versions = 0;
  for (const { line, value } of jsonLines(text)) {
    if (!isJsonObject(value)) throw invalidLine(line, 'is not an object');
    if (header === undefined && rows.length === 0 && !Object.hasOwn(value, 'mes')) {
      header = value;
      continue;
    }
    const said = lineSchema.safeParse(value);
    if (!said.success) throw invalidLine(line, 'has no text in “mes”');
    rows.push({ line, raw: value, said: said.data });
    // More than can be imported: the rest need not be read to refuse it.
    versions += Array.isArray(value.swipes) ? value.swipes.length : 1;
    if (rows.length > limits.importMessages || versions > limits.importVersions) break;
  }
  if (header === undefined && rows.length === 0) throw invalidLine(1, 'has no chat');
  return { header, rows };
}

/** Characters are bots; a narrator, or who only ever speaks in hidden lines, is a voice without one. */
function botsAmong(rows: readonly Row[], nameOf: (row: Row) => string, characterName: string | undefined) {
  const isCharacter = ({ said }: Row) => !said.is_user && said.extra.type !== 'narrator' && !said.is_system;
  const names = new Set(rows.filter(isCharacter).map(nameOf)).add(characterName ?? '');
  return (row: Row) => !row.said.is_user && row.said.extra.type !== 'narrator' && names.has(nameOf(row));
}

function messageOf({ line, raw, said }: Row, name: string, isBot: boolean): TranscriptMessage {
  const swipes = swipesIn(raw, said.mes);
  const texts = swipes?.texts ?? [said.mes];
  const versions = texts.map((swipe, index) => {
    if (swipe.length > limits.messageText) {
      throw new KibitzError(
        'too_large',
        `Line ${line}: a message may have ${limits.messageText} characters.`,
      );
    }
    const info = swipes?.infos?.[index];
    const at = readSendDate(info?.send_date) ?? readSendDate(said.send_date);
    const model = modelIn(info) ?? said.extra.model;
    const origin: LineOrigin = {
      ...(index === 0 ? { line: besides(raw, name, swipes) } : {}),
      ...(info === undefined ? {} : { swipe: info }),
    };
    return {
      messageId: `${line}/${index}`,
      author: { type: isBot ? ('bot' as const) : ('user' as const), id: name, name },
      text: storableText(swipe),
      ...(at === undefined ? {} : { at }),
      ...(isBot && model ? { model: model.slice(0, 200) } : {}),
      ...kept(origin),
    };
  });
  return { versions, current: swipes?.selected ?? 0 };
}

function modelIn(info: JsonObject | undefined): string | undefined {
  const model = isJsonObject(info?.extra) ? info.extra.model : undefined;
  return typeof model === 'string' ? storableText(model) : undefined;
}

/** What a line says beside its name and its texts. That it had swipes is told by its `swipe_id`. */
function besides(raw: JsonObject, name: string, swipes: ReturnType<typeof swipesIn>): JsonObject {
  const { mes: _mes, name: said, ...rest } = raw;
  if (swipes !== undefined) delete rest.swipes;
  if (swipes?.infos !== undefined) delete rest.swipe_info;
  return said === name ? rest : { ...rest, name: said };
}

/** Kept when it is not too much, else left behind. */
function kept(origin: JsonObject): { origin?: JsonObject } {
  return fitsIn(limits.origin, origin) ? { origin } : {};
}

/** A bot's message that comes next after a person's answers it, and goes with it. */
function withCauses(messages: TranscriptMessage[]): TranscriptMessage[] {
  return messages.map((message, index) => {
    const before = messages[index - 1];
    const asked = before?.versions[before.current];
    if (asked?.author.type !== 'user' || message.versions[0]?.author.type !== 'bot') return message;
    return {
      ...message,
      versions: message.versions.map((version) => ({ ...version, cause: asked.messageId })),
    };
  });
}
