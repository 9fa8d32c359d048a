import { FileCheck } from 'lucide-react';
import type { Fact } from '../../../src/domain/fact.ts';
import { KnownLink } from '../known/known-link.tsx';
import { plainLine } from '../markdown/plain-line.ts';
import { statusWords } from '../store/facts.ts';

/** Leads to a fact, and says which that is. */
export function FactLink({ fact: { factId, text, status } }: { fact: Fact }) {
  return (
    <KnownLink to={`f-${factId}`} className="quote">
      <FileCheck aria-hidden="true" />
      <span className="visually-hidden">Fact: </span>
      <span className="quote-author">{statusWords[status]}</span>
      <span className="quote-text">{plainLine(text, 160)}</span>
    </KnownLink>
  );
}
