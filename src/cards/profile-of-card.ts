import { type BotProfile, botProfileSchema } from '../domain/bot.ts';
import { fitsIn, isJsonObject, type JsonObject } from '../domain/json.ts';
import { limits } from '../domain/limits.ts';
import { lorebookSchema } from '../domain/lorebook.ts';
import { pictureSchema } from '../domain/picture.ts';
import { fittingName, line, storableText } from '../domain/text.ts';
import { KibitzError } from '../lib/errors.ts';
import { type Card, invalidCard } from './card.ts';
import type { UploadedCard } from './read-card.ts';

/** What of a profile stands in the fields of a card, as texts may be stored. */
export type CardFields = Pick<
  BotProfile,
  'name' | 'persona' | 'scenario' | 'greeting' | 'examples' | 'talkativeness'
>;

/** The bot that a card describes. The card itself stays with it, but for what the profile holds whole. */
export function profileOf({ card, avatar }: UploadedCard): BotProfile {
  const fields = fieldsOf(card);
  for (const key of ['persona', 'scenario', 'greeting', 'examples'] as const) {
    if ((fields[key]?.length ?? 0) > limits[key]) throw tooLong(key, limits[key]);
  }
  const ours = oursIn(card);
  const { lorebook, rest } = withoutLorebook(withoutOurs(card));
  if (!fitsIn(limits.card, rest)) throw tooLong('card', limits.card);
  const profile = { ...fields, avatar, ...ours, lorebook, card: rest };
  const checked = botProfileSchema.safeParse(given(profile));
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw invalidCard(issue?.path.map(String).join('.') ?? 'it', issue?.message ?? 'makes no sense');
}

/** A card's fields as a profile has them; written back only where the profile has changed since. */
export function fieldsOf({ data, ...root }: Card): CardFields {
  const text = (key: string) => (typeof data[key] === 'string' ? storableText(data[key]) : '');
  const optional = (key: string) => text(key) || undefined;
  return given({
    name: fittingName(text('name')) ?? '',
    persona: ['system_prompt', 'description', 'personality'].map(text).filter(isSaid).join('\n\n'),
    scenario: optional('scenario'),
    greeting: optional('first_mes'),
    examples: optional('mes_example'),
    talkativeness: talkativenessIn(data.extensions, root),
  });
}

const isSaid = (text: string) => text.trim() !== '';

/** SillyTavern keeps it among the extensions, in older cards at the root, and as text now and then. */
function talkativenessIn(...places: unknown[]): number | undefined {
  const found = places.map((place) => (isJsonObject(place) ? place.talkativeness : undefined));
  const value = found.find(
    (talkativeness) => typeof talkativeness === 'number' || isSaidNumber(talkativeness),
  );
  const number = Number(value);
  return value !== undefined && number >= 0 && number <= 1 ? number : undefined;
}

const isSaidNumber = (value: unknown) => typeof value === 'string' && /^[\d.]{1,10}$/.test(value);

/** What Kibitz puts into `extensions.kibitz` itself: what the card format has no place for. */
function oursIn({ data }: Card): Pick<BotProfile, 'model' | 'avatar'> {
  const kibitz = isJsonObject(data.extensions) ? data.extensions.kibitz : undefined;
  if (!isJsonObject(kibitz)) return {};
  return given({
    model: line(200).safeParse(kibitz.model).data,
    avatar: pictureSchema.safeParse(kibitz.avatar).data,
  });
}

function withoutOurs(card: Card): Card {
  const { extensions } = card.data;
  if (!isJsonObject(extensions) || !isJsonObject(extensions.kibitz)) return card;
  const { model: _model, avatar: _avatar, ...unknown } = extensions.kibitz;
  const { kibitz: _kibitz, ...others } = extensions;
  const kept = Object.keys(unknown).length === 0 ? others : { ...others, kibitz: unknown };
  return { ...card, data: { ...card.data, extensions: kept } };
}

/** A lorebook that cannot be used stays in the card. */
function withoutLorebook(card: Card): { lorebook: BotProfile['lorebook']; rest: JsonObject } {
  const { character_book: book, ...data } = card.data;
  if (!isJsonObject(book) || !Array.isArray(book.entries)) return { lorebook: undefined, rest: card };
  const lorebook = lorebookSchema.safeParse(book);
  if (!lorebook.success) {
    throw new KibitzError('too_large', `The card’s lorebook: ${lorebook.error.issues[0]?.message}.`, {
      field: 'character_book',
    });
  }
  return { lorebook: lorebook.data, rest: { ...card, data } };
}

const tooLong = (field: string, most: number) =>
  new KibitzError('too_large', `The card’s ${field} may have ${most} characters.`, { field });

type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Without the keys that have no value. */
function given<T extends object>(value: T): Given<T> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Given<T>;
}
