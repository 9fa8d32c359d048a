import { budgetSchema, type Settings } from '../../../src/domain/settings.ts';

export type Budget = NonNullable<Settings['budget']>;
/** A budget as it is typed in; what is empty is no limit. */
export type BudgetFields = { room: string; person: string };

type Typed = { tokens: number | undefined } | { error: string };

const most = 1_000_000_000;

export const fieldsOf = (budget: Budget | undefined): BudgetFields => ({
  room: typed(budget?.room),
  person: typed(budget?.person),
});

const typed = (tokens: number | undefined) => tokens?.toLocaleString('en') ?? '';

/** Tokens as somebody typed them: 50000, 50,000 or 50 000; or what is wrong with that. */
export function tokensIn(text: string): Typed {
  const bare = text.trim();
  if (bare === '') return { tokens: undefined };
  if (!/^(\d+|\d{1,3}([, ’'\u00a0\u202f]\d{3})+)$/.test(bare))
    return { error: 'Write a whole number of tokens, such as 50,000, or nothing for no limit.' };
  const tokens = Number(bare.replace(/\D/g, ''));
  if (tokens === 0) return { error: 'A budget is at least 1 token. Leave this empty for no limit.' };
  if (tokens > most) return { error: 'A budget is at most 1,000,000,000 tokens.' };
  return { tokens };
}

/** What saving changes: nothing where the fields stand as they stood, so that what somebody else set meanwhile stays. */
export function budgetChange(fields: BudgetFields, before: BudgetFields): { budget?: Budget } {
  const budget = budgetIn(fields);
  const isSame = fields.room === before.room && fields.person === before.person;
  return isSame || budget === undefined ? {} : { budget };
}

/** The budget that the fields say; undefined while one of them cannot be understood. */
export function budgetIn(fields: BudgetFields): Budget | undefined {
  const room = tokensIn(fields.room);
  const person = tokensIn(fields.person);
  if ('error' in room || 'error' in person) return undefined;
  return budgetSchema.parse({ room: room.tokens, person: person.tokens });
}
