import { useMemo } from 'react';
import type { Figure } from '../store/cast.ts';
import { GraphEdge } from './graph-edge.tsx';
import { GraphNode } from './graph-node.tsx';
import { box, layOut } from './layout.ts';
import type { Feeling } from './use-cast.ts';

type Props = {
  cast: readonly Figure[];
  feelings: readonly Feeling[];
  /** The one that stands out, and the key of the one that was chosen. */
  shown: Feeling | undefined;
  chosen: string | undefined;
  onLook: (key: string | undefined) => void;
  onChoose: (key: string) => void;
};

/** Who feels what about whom, as a picture: everybody on a circle, an arrow for each relationship. */
export function Graph({ cast, feelings, shown, chosen, onLook, onChoose }: Props) {
  const layout = useMemo(
    () =>
      layOut(
        cast.map(({ id }) => id),
        feelings.map(({ edge }) => edge),
      ),
    [cast, feelings],
  );
  return (
    <figure className="graph" aria-label="Arrows from each to those they feel something about">
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: the figure says what it is; a title would be a tip over every line */}
      <svg viewBox={`0 0 ${box.width} ${box.height}`}>
        {layout.edges.map((place, index) => {
          const feeling = feelings[index];
          if (feeling === undefined) return null;
          return (
            <GraphEdge
              key={feeling.key}
              feeling={feeling}
              place={place}
              isChosen={feeling.key === chosen}
              isFaint={shown !== undefined && shown !== feeling}
              onLook={onLook}
              onChoose={() => onChoose(feeling.key)}
            />
          );
        })}
      </svg>
      {layout.nodes.map((place, index) => {
        const figure = cast[index];
        if (figure === undefined) return null;
        const isFaint = shown !== undefined && shown.from !== figure && shown.to !== figure;
        return (
          <GraphNode
            key={figure.id}
            figure={figure}
            place={place}
            radius={layout.radius}
            labelWidth={layout.labelWidth}
            isFaint={isFaint}
          />
        );
      })}
    </figure>
  );
}
