import type { CSSProperties } from 'react';
import type { Figure } from '../store/cast.ts';
import { Avatar } from '../ui/avatar.tsx';
import { useHue } from '../ui/hues.ts';
import { type PlacedNode, width } from './layout.ts';

type Props = {
  figure: Figure;
  place: PlacedNode;
  /** Of the picture. */
  height: number;
  radius: number;
  labelWidth: number;
  isFaint: boolean;
  isChosen: boolean;
  onChoose: () => void;
};

/** A share of the picture's width, so that what stands on it grows with it. */
const share = (units: number) => `${(100 * units) / width}cqi`;

/** Somebody in the picture, by face and, on the side away from the lines, name; chosen, the lines of others step back. */
export function GraphNode({ figure, place, height, radius, labelWidth, isFaint, isChosen, onChoose }: Props) {
  const { id, name, isBot } = figure;
  const style: CSSProperties & Record<`--${string}`, string> = {
    left: `${(100 * place.x) / width}%`,
    top: `${(100 * place.y) / height}%`,
    '--size': share(2 * radius),
    '--label': share(labelWidth),
  };
  return (
    <button
      type="button"
      className={isBot ? 'node node-bot' : 'node'}
      aria-pressed={isChosen}
      title={`${name}: show only their lines`}
      data-label={place.label}
      data-faint={isFaint}
      data-hue={useHue(id)}
      style={style}
      onClick={onChoose}
    >
      <Avatar id={id} name={name} bot={isBot} />
      <span className="visually-hidden">Only </span>
      <span className="node-name">{name}</span>
    </button>
  );
}
