import { ChangeList } from './change-list.tsx';
import type { Feeling } from './use-cast.ts';

type Props = { feeling: Feeling; withHistory: boolean };

/** What somebody says they feel and knows about another, and how that came about. */
export function RelationshipDetails({ feeling: { edge, from, to }, withHistory }: Props) {
  const { summary, knowledge } = edge;
  return (
    <div className="relationship">
      {summary === '' ? null : <p className="relationship-summary">{summary}</p>}
      {knowledge.length === 0 ? null : (
        <section>
          <h4>
            What {from.name} knows about {to.name}
          </h4>
          <ul className="knowledge">
            {knowledge.map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
        </section>
      )}
      {withHistory ? (
        <ChangeList edge={edge} />
      ) : (
        <p className="relationship-hint">Choose the line to see how it came about.</p>
      )}
    </div>
  );
}
