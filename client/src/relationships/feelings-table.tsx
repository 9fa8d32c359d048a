import { useId } from 'react';
import type { Figure } from '../store/cast.ts';
import { FeelingRow } from './feeling-row.tsx';
import { Someone } from './someone.tsx';
import type { Feeling } from './use-cast.ts';

type Props = {
  cast: readonly Figure[];
  feelings: readonly Feeling[];
  chosen: string | undefined;
  onChoose: (key: string | undefined) => void;
};

/** Who feels what about whom, in rows by who feels it; each opens to what is behind it. */
export function FeelingsTable({ cast, feelings, chosen, onChoose }: Props) {
  const id = useId();
  return (
    <table className="feelings">
      <caption className="visually-hidden">Who feels what about whom</caption>
      <thead>
        <tr>
          <th scope="col">Who about whom</th>
          <th scope="col">Affinity</th>
          <th scope="col">Trust</th>
        </tr>
      </thead>
      {cast.map((figure) => {
        const theirs = feelings.filter(({ from }) => from === figure);
        if (theirs.length === 0) return null;
        return (
          <tbody key={figure.id}>
            <tr>
              <th scope="rowgroup" colSpan={3}>
                <Someone figure={figure} />
              </th>
            </tr>
            {theirs.map((feeling) => (
              <FeelingRow
                key={feeling.key}
                feeling={feeling}
                detailsId={`${id}-${feeling.key.replace(' ', '-')}`}
                isOpen={feeling.key === chosen}
                onToggle={() => onChoose(feeling.key === chosen ? undefined : feeling.key)}
              />
            ))}
          </tbody>
        );
      })}
    </table>
  );
}
