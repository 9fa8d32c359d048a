import { isDeeperThan, isJsonObject, type JsonObject, maxDepth } from '../domain/json.ts';
import { KibitzError } from '../lib/errors.ts';

/** A character card as V3 has it. Fields nobody here knows stay where they are, beside `data` too. */
export type Card = JsonObject & { data: JsonObject };

/** The texts that V1 consists of; later versions have them in `data`. */
export const cardTexts = [
  'name',
  'description',
  'personality',
  'scenario',
  'first_mes',
  'mes_example',
] as const;

export const v3 = { spec: 'chara_card_v3', spec_version: '3.0' } as const;
export const v2 = { spec: 'chara_card_v2', spec_version: '2.0' } as const;

/** What V3 wants to be there. */
const blank = (): JsonObject => ({
  ...Object.fromEntries(cardTexts.map((key) => [key, ''])),
  creator_notes: '',
  system_prompt: '',
  post_history_instructions: '',
  alternate_greetings: [],
  tags: [],
  creator: '',
  character_version: '',
  extensions: {},
  group_only_greetings: [],
});

export const invalidCard = (field: string, why: string) =>
  new KibitzError('invalid', `The card cannot be read: ${field} ${why}.`, { field });

/** A card of any version (V1 is flat) as V3, with what V3 requires filled in; throws what is wrong with it. */
export function upgraded(json: unknown): Card {
  if (!isJsonObject(json)) throw invalidCard('it', 'is not a JSON object');
  if (isDeeperThan(maxDepth, json)) throw invalidCard('it', `nests deeper than ${maxDepth} levels`);
  const { spec } = json;
  const isNested = spec === v2.spec || spec === v3.spec || (spec === undefined && isJsonObject(json.data));
  if (spec !== undefined && !isNested) throw invalidCard('spec', 'is none that is known');
  const card = isNested ? nested(json) : flat(json);
  for (const key of cardTexts) {
    if (card.data[key] === null) card.data[key] = '';
    if (typeof card.data[key] !== 'string') throw invalidCard(`data.${key}`, 'must be text');
  }
  if (card.data.extensions === null) card.data.extensions = {};
  if (!isJsonObject(card.data.extensions)) throw invalidCard('data.extensions', 'must be an object');
  return card;
}

function nested(json: JsonObject): Card {
  if (!isJsonObject(json.data)) throw invalidCard('data', 'must be an object');
  return { ...json, ...v3, data: { ...blank(), ...json.data } };
}

function flat(json: JsonObject): Card {
  const { name, description, personality, scenario, first_mes, mes_example, ...rest } = json;
  const texts = { name, description, personality, scenario, first_mes, mes_example };
  if (typeof name !== 'string') throw invalidCard('name', 'must be text');
  const given = Object.entries(texts).filter(([, text]) => text !== undefined);
  return { ...rest, ...v3, data: { ...blank(), ...Object.fromEntries(given) } };
}
