import { type Fact, type FactSource, type FactStatus, factSchema } from '../../../src/domain/fact.ts';
import { asKibitzError } from '../../../src/lib/errors.ts';

export const statusWords: Readonly<Record<FactStatus, string>> = {
  suspected: 'Suspected',
  confirmed: 'Confirmed',
  ruled_out: 'Ruled out',
};

export const sourceWords: Readonly<Record<FactSource['type'], string>> = {
  question: 'from an answer',
  diagnostic_check: 'from a check',
  user_note: 'a note',
  ai_synthesis: 'drawn from the conversation',
};

export type FactWords = Pick<Fact, 'text' | 'summary'>;

/** A fact being reworded. */
export type FactEdit = FactWords & {
  /** The fact as it was when the editing began. */
  base: Fact;
  /** The fact as the server told it when it refused the change. */
  told?: Fact;
};

/** How an edit stands to the fact as it is now. */
export type FactStanding =
  /** The words are those that the editing began with: a change may be sent, on top of `version`. */
  { is: 'open'; version: number } | { is: 'changed'; theirs: Fact } | { is: 'gone' };

export function editOf(fact: Fact): FactEdit {
  return { text: fact.text, summary: fact.summary, base: fact };
}

function isSaying(fact: Fact, { text, summary }: FactWords): boolean {
  return fact.text === text.trim() && fact.summary === summary.trim();
}

/** `fact` is what this tab knows of it: nothing once it is removed. Another status is no other wording. */
export function standingOf(edit: FactEdit, fact: Fact | undefined): FactStanding {
  if (fact === undefined) return { is: 'gone' };
  const { base, told } = edit;
  const now = told !== undefined && told.stateVersion > fact.stateVersion ? told : fact;
  const isOpen = isSaying(now, base) || isSaying(now, edit);
  return isOpen ? { is: 'open', version: now.stateVersion } : { is: 'changed', theirs: now };
}

/** What of its words an edit changes in a fact. */
export function changesIn(edit: FactWords, fact: Fact): Partial<FactWords> {
  const text = edit.text.trim();
  const summary = edit.summary.trim();
  return {
    ...(text === fact.text ? {} : { text }),
    ...(summary === fact.summary ? {} : { summary }),
  };
}

/** Words as they are sent: where from is left out where nobody said. */
export function wordsToSend({ text, summary }: FactWords): { text: string; summary?: string } {
  const from = summary.trim();
  return { text: text.trim(), ...(from === '' ? {} : { summary: from }) };
}

/** The fact as it is now, where a change was refused because of that. */
export function factInConflict(thrown: unknown): Fact | undefined {
  const { code, details } = asKibitzError(thrown);
  return code === 'conflict' ? factSchema.safeParse(details?.fact).data : undefined;
}
