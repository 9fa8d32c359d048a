import { createContext, useContext } from 'react';
import type { OfferedSource } from '../../../src/domain/offered-source.ts';
import { Tip } from '../ui/tip.tsx';

/** What the numbers of a text stand for, and what opens it. */
type Cited = { sources: readonly OfferedSource[]; open: (source: OfferedSource) => void };

export const CitedContext = createContext<Cited | undefined>(undefined);

/** A number that a text cites: what it stands for on hover and focus, the passage itself on a click. */
export function Citation({ number }: { number: number }) {
  const cited = useContext(CitedContext);
  const source = cited?.sources.find((offered) => offered.number === number);
  if (cited === undefined || source === undefined) return <>[{number}]</>;
  const { title, heading, summary } = source;
  return (
    <Tip
      label={`${number}: ${[title, heading, summary].filter((text) => text !== '').join('. ')}`}
      tip={
        <>
          <strong className="citation-title">{title}</strong>
          {heading === '' || heading === title ? null : <span className="citation-heading">{heading}</span>}
          <span className="citation-summary">{summary}</span>
        </>
      }
      className="citation"
      align="start"
      onClick={() => cited.open(source)}
    >
      {number}
    </Tip>
  );
}
