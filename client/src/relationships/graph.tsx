import { useMemo } from 'react';
import type { Figure } from '../store/cast.ts';
import { GraphEdge } from './graph-edge.tsx';
import { GraphNode } from './graph-node.tsx';
import { layOut, width } from './layout.ts';
import { TrustMark } from './trust-mark.tsx';
import type { Feeling } from './use-cast.ts';

type Props = {
  cast: readonly Figure[];
  feelings: readonly Feeling[];
  /** The one that stands out, and the key of the one that was chosen. */
  shown: Feeling | undefined;
  chosen: string | undefined;
  /** Whose lines alone are shown. */
  only: string | undefined;
  onLook: (key: string | undefined) => void;
  onChoose: (key: string) => void;
  onOnly: (id: string) => void;
};

/** Who feels what about whom, as a picture: everybody on a circle, an arrow for each relationship. */
export function Graph({ cast, feelings, shown, chosen, only, onLook, onChoose, onOnly }: Props) {
  const layout = useMemo(
    () =>
      layOut(
        cast.map(({ id }) => id),
        feelings.map(({ edge }) => edge),
      ),
    [cast, feelings],
  );
  const isFaint = (feeling: Feeling) => shown !== undefined && shown !== feeling;
  const isAside = ({ from, to }: Feeling) => only !== undefined && from.id !== only && to.id !== only;
  const placed = layout.edges.flatMap((place, index) => {
    const feeling = feelings[index];
    return feeling === undefined ? [] : [{ place, feeling }];
  });
  return (
    <figure
      className="graph"
      style={{ aspectRatio: `${width} / ${layout.height}` }}
      aria-label="Arrows from each to those they feel something about"
    >
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: the figure says what it is; a title would be a tip over every line */}
      <svg viewBox={`0 0 ${width} ${layout.height}`}>
        {placed.map(({ place, feeling }) => (
          <GraphEdge
            key={feeling.key}
            feeling={feeling}
            place={place}
            isChosen={feeling.key === chosen}
            isFaint={isFaint(feeling)}
            isAside={isAside(feeling)}
            onLook={onLook}
            onChoose={() => onChoose(feeling.key)}
          />
        ))}
        {/* Over all lines. What they say is in the names of the lines. */}
        {placed.map(({ place, feeling }) => (
          <g key={feeling.key} className="trust" data-faint={isFaint(feeling)} data-aside={isAside(feeling)}>
            <TrustMark at={place.mark} trust={feeling.edge.trust} />
          </g>
        ))}
      </svg>
      {layout.nodes.map((place, index) => {
        const figure = cast[index];
        if (figure === undefined) return null;
        return (
          <GraphNode
            key={figure.id}
            figure={figure}
            place={place}
            height={layout.height}
            radius={layout.radius}
            labelWidth={layout.labelWidth}
            isFaint={shown !== undefined && shown.from !== figure && shown.to !== figure}
            isChosen={figure.id === only}
            onChoose={() => onOnly(figure.id)}
          />
        );
      })}
    </figure>
  );
}
