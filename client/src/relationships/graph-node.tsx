import type { CSSProperties } from 'react';
import type { Figure } from '../store/cast.ts';
import { Avatar } from '../ui/avatar.tsx';
import { useHue } from '../ui/hues.ts';
import { box, type PlacedNode } from './layout.ts';

type Props = {
  figure: Figure;
  place: PlacedNode;
  radius: number;
  labelWidth: number;
  isFaint: boolean;
};

/** A share of the picture's width, so that what stands on it grows with it. */
const share = (units: number) => `${(100 * units) / box.width}cqi`;

/** Somebody in the picture: their avatar and, on the side away from the lines, their name. */
export function GraphNode({ figure: { id, name, isBot }, place, radius, labelWidth, isFaint }: Props) {
  const style: CSSProperties & Record<`--${string}`, string> = {
    left: `${(100 * place.x) / box.width}%`,
    top: `${(100 * place.y) / box.height}%`,
    '--size': share(2 * radius),
    '--label': share(labelWidth),
  };
  return (
    <div className="node" data-label={place.label} data-faint={isFaint} data-hue={useHue(id)} style={style}>
      <Avatar id={id} name={name} bot={isBot} />
      <span className="node-name" title={name}>
        {name}
      </span>
    </div>
  );
}
