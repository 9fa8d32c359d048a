import type { Addressee } from '../../../src/domain/event.ts';

const doubts = { high: '', medium: ' This is likely, not certain.', low: ' This is a guess.' } as const;

function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  const [first = '', ...rest] = trimmed;
  const end = /[.!?…]$/u.test(trimmed) ? '' : '.';
  return first.toLocaleUpperCase() + rest.join('') + end;
}

/** Why a bot answered, in a sentence or two: the reason the server gave, who judged that, and how sure it was. */
export function whyWords({ by, reason, confidence }: Addressee): string {
  const given = sentence(reason);
  const judged = by === 'classifier' ? ' A model judged that from the words alone.' : '';
  return `${given}${judged}${doubts[confidence]}`.trim();
}
