import { type Point, slice } from './layout.ts';

const radius = 7;

/** How much is trusted, by how full a disc is. */
export function TrustMark({ at, trust }: { at: Point; trust: number }) {
  return (
    <>
      <circle className="trust-ring" cx={at.x} cy={at.y} r={radius} />
      <path className="trust-slice" d={slice(at, radius - 1.75, trust / 100)} />
    </>
  );
}
