import type { BotProfile } from '../domain/bot.ts';
import { isJsonObject, type JsonObject } from '../domain/json.ts';
import { type Card, cardTexts, upgraded, v2, v3 } from './card.ts';
import { plainPicture, pngOf } from './picture.ts';
import { textChunk, writeChunks } from './png-chunks.ts';
import { fieldsOf } from './profile-of-card.ts';

/** Where a profile's texts stand in a card. */
const places = {
  name: 'name',
  scenario: 'scenario',
  greeting: 'first_mes',
  examples: 'mes_example',
} as const;

/** A bot as a V3 card in JSON. */
export function jsonCardOf(bot: BotProfile): Card {
  return cardOf(bot, bot.avatar);
}

/** A bot as a picture with its card in it, as V3 and, for those who cannot read that, as V2. */
export function pngCardOf(bot: BotProfile): Buffer {
  const picture = pngOf(bot.avatar);
  const card = cardOf(bot, picture === undefined ? bot.avatar : undefined);
  const texts = [textChunk('chara', inBase64({ ...card, ...v2 })), textChunk('ccv3', inBase64(card))];
  return writeChunks((picture ?? plainPicture(bot.name)).toSpliced(-1, 0, ...texts));
}

const inBase64 = (card: Card) => Buffer.from(JSON.stringify(card)).toString('base64');

/** What was not changed here goes out as it came in. */
function cardOf(bot: BotProfile, avatar: string | undefined): Card {
  const card = bot.card === undefined ? upgraded({ name: bot.name }) : upgraded(bot.card);
  const data = { ...card.data };
  const before = fieldsOf(card);
  for (const [field, key] of Object.entries(places) as [keyof typeof places, string][]) {
    if (bot[field] !== before[field]) data[key] = bot[field] ?? '';
  }
  if (bot.persona !== before.persona) {
    Object.assign(data, { description: bot.persona, personality: '', system_prompt: '' });
  }
  if (bot.lorebook !== undefined) data.character_book = bot.lorebook;
  data.extensions = extensionsOf(
    bot,
    isJsonObject(data.extensions) ? data.extensions : {},
    before.talkativeness,
    avatar,
  );
  return { ...card, ...mirrored(card, data), ...v3, data };
}

function extensionsOf(
  { talkativeness, model }: BotProfile,
  extensions: JsonObject,
  before: number | undefined,
  avatar: string | undefined,
): JsonObject {
  const { kibitz, ...others } = extensions;
  if (talkativeness !== before) {
    if (talkativeness === undefined) delete others.talkativeness;
    else others.talkativeness = talkativeness;
  }
  if (model === undefined && avatar === undefined)
    return kibitz === undefined ? others : { ...others, kibitz };
  const ours = { ...(model === undefined ? {} : { model }), ...(avatar === undefined ? {} : { avatar }) };
  return { ...others, kibitz: isJsonObject(kibitz) ? { ...kibitz, ...ours } : ours };
}

/** Cards often repeat the texts of V1 beside `data`: those follow what they repeat. */
function mirrored(card: Card, data: JsonObject): JsonObject {
  const repeated = cardTexts.filter((key) => Object.hasOwn(card, key) && card[key] === card.data[key]);
  return Object.fromEntries(repeated.map((key) => [key, data[key]]));
}
