import { useState } from 'react';
import type { Figure } from '../store/cast.ts';
import { feelingWords } from '../store/edge-words.ts';
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

/** Names the line that is looked at. It takes the same room whatever it says, so that nothing moves under the pointer. */
function captionOf(looked: Feeling | undefined): string {
  if (looked === undefined) return 'Choose a line to see what is behind it, or a face to see only its lines.';
  return `${looked.from.name} about ${looked.to.name}: ${feelingWords(looked.edge)}`;
}

/** The picture of all relationships, and below it the one that was chosen, or else the one that is looked at. */
export function RelationshipPicture({ cast, feelings, chosen, onChoose }: Props) {
  const [looking, setLooking] = useState<string>();
  const [picked, setPicked] = useState<string>();
  const only = cast.find(({ id }) => id === picked)?.id;
  const find = (wanted: string | undefined) => feelings.find(({ key }) => key === wanted);
  const looked = find(looking);
  const shown = find(chosen) ?? looked;
  return (
    <>
      <Graph
        cast={cast}
        feelings={feelings}
        shown={looked ?? shown}
        chosen={chosen}
        only={only}
        onLook={setLooking}
        onChoose={(key) => onChoose(key === chosen ? undefined : key)}
        onOnly={(id) => {
          setPicked(id === only ? undefined : id);
          onChoose(undefined);
        }}
      />
      {feelings.length === 0 ? null : (
        <>
          <Legend />
          <p className="graph-caption">{captionOf(looked)}</p>
        </>
      )}
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
