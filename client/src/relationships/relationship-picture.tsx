import { useState } from 'react';
import type { Figure } from '../store/cast.ts';
import { Graph } from './graph.tsx';
import { Legend } from './legend.tsx';
import { Measures } from './measures.tsx';
import { PairName } from './pair-name.tsx';
import { RelationshipDetails } from './relationship-details.tsx';
import type { Feeling } from './use-cast.ts';

type Props = {
  cast: readonly Figure[];
  feelings: readonly Feeling[];
  chosen: string | undefined;
  onChoose: (key: string | undefined) => void;
};

/** The picture of all relationships, and below it the one that is looked at, or else the one that was chosen. */
export function RelationshipPicture({ cast, feelings, chosen, onChoose }: Props) {
  const [looking, setLooking] = useState<string>();
  const [only, setOnly] = useState<string>();
  const shown = feelings.find(({ key }) => key === looking) ?? feelings.find(({ key }) => key === chosen);
  return (
    <>
      <Graph
        cast={cast}
        feelings={feelings}
        shown={shown}
        chosen={chosen}
        only={only}
        onLook={setLooking}
        onChoose={(key) => onChoose(key === chosen ? undefined : key)}
        onOnly={(id) => {
          setOnly(id === only ? undefined : id);
          onChoose(undefined);
        }}
      />
      {feelings.length === 0 ? null : <Legend />}
      {feelings.length > 0 && shown === undefined ? (
        <p className="relationships-none">
          Choose a line to see what is behind it, or a face to see only its lines.
        </p>
      ) : null}
      {shown === undefined ? null : (
        <section className="relationships-shown" aria-label={`${shown.from.name} about ${shown.to.name}`}>
          <h3>
            <PairName from={shown.from} to={shown.to} />
          </h3>
          <Measures edge={shown.edge} />
          <RelationshipDetails key={shown.key} feeling={shown} withHistory={shown.key === chosen} />
        </section>
      )}
    </>
  );
}
