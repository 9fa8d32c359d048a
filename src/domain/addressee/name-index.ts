import type { Participant } from './participant.ts';

/** Where a text has somebody's name. */
export type NameMatch = { id: string; start: number; end: number; isWhole: boolean };

/** Words that are also names; alone, in the middle of a text, they call nobody. */
const words = new Set(
  (
    'about after all and any are but can could did does for from get had has have her his how its like not one only or ' +
    'our out over see she some such than the their too use was way were why would ' +
    'also another anyone apple april bill bot case chat christian coder dev done drop error fan first free frank ' +
    'friend game ghost google grace grant guest hack hello help here home hope host idea john june just kernel king ' +
    'lance linux love mac mark may maybe mike more net new next nick note now okay page paris people perl pop ' +
    'python question red rich rob root rose sandy server shell sky someone summer sun sure tell test thanks ' +
    'that them then there they think this time tip todo trash true ubuntu unix update user very virus warning well ' +
    'what when where which who will windows with work yes you your zip'
  ).split(' '),
);

export const isCommonWord = (text: string) => words.has(text.toLowerCase());

export const escapeForRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The names of some people and bots, and the shorter forms by which they are called. */
export type NameIndex = { find(text: string): NameMatch[]; forms: ReadonlyMap<string, string> };

const indexes = new Map<string, NameIndex>();

/** Finds names in texts. Indexes of the latest few circles of participants are kept. */
export function nameIndexOf(participants: readonly Participant[]): NameIndex {
  const key = JSON.stringify(participants);
  let index = indexes.get(key);
  if (index === undefined) {
    index = createIndex(participants);
    if (indexes.size >= 50) indexes.clear();
    indexes.set(key, index);
  }
  return index;
}

function createIndex(participants: readonly Participant[]): NameIndex {
  const whole = new Map<string, string>();
  for (const { id, name } of participants) {
    const form = name.toLowerCase();
    if (!whole.has(form)) whole.set(form, id);
  }
  const forms = new Map(whole);
  const taken = new Set<string>();
  for (const { id, name } of participants) {
    for (const form of shortForms(name.toLowerCase())) {
      if (whole.has(form) || isCommonWord(form)) continue;
      // A short form that two share calls neither.
      if (forms.has(form) && forms.get(form) !== id) taken.add(form);
      else forms.set(form, id);
    }
  }
  for (const form of taken) forms.delete(form);
  const pattern = [...forms.keys()].sort((a, b) => b.length - a.length).map(escapeForRegExp);
  if (pattern.length === 0) return { forms, find: () => [] };
  const regExp = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${pattern.join('|')})(?![\\p{L}\\p{N}_])`, 'giu');
  const find = (text: string) =>
    [...text.matchAll(regExp)].flatMap((match): NameMatch[] => {
      const form = match[0].toLowerCase();
      const id = forms.get(form);
      if (id === undefined) return [];
      return [{ id, start: match.index, end: match.index + match[0].length, isWhole: whole.has(form) }];
    });
  return { forms, find };
}

/** What else somebody is called by: without ornaments around it, without digits at its end, by the first of two names. */
function shortForms(name: string): string[] {
  const bare = name.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  const forms = [bare, bare.replace(/[\d_-]+$/, ''), /^[\p{L}\p{N}]+(?=[ _|-])/u.exec(bare)?.[0] ?? ''];
  return forms.filter((form) => form.length >= 3 && form !== name && /\p{L}/u.test(form));
}
