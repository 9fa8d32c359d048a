import { ChevronRight } from 'lucide-react';
import { affinityWord, toneOf, trustWord } from '../store/edge-words.ts';
import { Gauge } from './gauge.tsx';
import { RelationshipDetails } from './relationship-details.tsx';
import { Someone } from './someone.tsx';
import type { Feeling } from './use-cast.ts';

type Props = { feeling: Feeling; detailsId: string; isOpen: boolean; onToggle: () => void };

/** What one feels about another in a row, and what is behind it once it is opened. */
export function FeelingRow({ feeling, detailsId, isOpen, onToggle }: Props) {
  const { from, to } = feeling;
  const { affinity, trust } = feeling.edge;
  return (
    <>
      <tr className={isOpen ? 'feeling feeling-open' : 'feeling'}>
        <th scope="row">
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={isOpen ? detailsId : undefined}
            onClick={onToggle}
          >
            <ChevronRight className="feeling-chevron" aria-hidden="true" />
            <span className="visually-hidden">{from.name} about </span>
            <Someone figure={to} />
          </button>
        </th>
        <td>
          {affinity} <span className="feeling-word">{affinityWord(affinity)}</span>
          <Gauge value={affinity} tone={toneOf(affinity)} from="middle" />
        </td>
        <td>
          {trust} <span className="feeling-word">{trustWord(trust)}</span>
          <Gauge value={trust} />
        </td>
      </tr>
      {isOpen ? (
        <tr id={detailsId} className="feeling-details">
          <td colSpan={3}>
            <h3 className="visually-hidden">
              {from.name} about {to.name}
            </h3>
            <RelationshipDetails feeling={feeling} withHistory />
          </td>
        </tr>
      ) : null}
    </>
  );
}
