import type { KeyboardEvent } from 'react';
import { feelingWords, strengthOf, toneOf } from '../store/edge-words.ts';
import type { PlacedEdge } from './layout.ts';
import type { Feeling } from './use-cast.ts';

type Props = {
  feeling: Feeling;
  place: PlacedEdge;
  isChosen: boolean;
  /** Whether another stands out. */
  isFaint: boolean;
  /** Whether it is none of those that are to be seen now. */
  isAside: boolean;
  onLook: (key: string | undefined) => void;
  onChoose: () => void;
};

/**
 * What one feels about another, as an arrow: for by a whole line, against by a broken one, neither by dots, and the
 * stronger the wider.
 */
export function GraphEdge({ feeling, place, isChosen, isFaint, isAside, onLook, onChoose }: Props) {
  const { key, edge, from, to } = feeling;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onChoose();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line of a drawing cannot be a button element
    <g
      role="button"
      tabIndex={isAside ? -1 : 0}
      aria-hidden={isAside}
      aria-label={`${from.name} about ${to.name}: ${feelingWords(edge)}`}
      aria-pressed={isChosen}
      className="edge"
      data-tone={toneOf(edge.affinity)}
      data-faint={isFaint}
      data-aside={isAside}
      onKeyDown={onKeyDown}
      onClick={onChoose}
      onPointerEnter={() => onLook(key)}
      onPointerLeave={() => onLook(undefined)}
      onFocus={() => onLook(key)}
      onBlur={() => onLook(undefined)}
    >
      <path className="edge-reach" d={place.path} />
      <path className="edge-line" d={place.path} strokeWidth={1.5 + 4 * strengthOf(edge.affinity)} />
      <polygon className="edge-head" points={place.head} />
    </g>
  );
}
