export type Point = { x: number; y: number };

/** Who stands where, and on which side of them there is room for their name. */
export type PlacedNode = Point & { id: string; label: 'above' | 'below' };

/** A curved arrow, and the place near its beginning where a second mark goes. */
export type PlacedEdge = { from: string; to: string; path: string; head: string; mark: Point };

export type Layout = {
  nodes: readonly PlacedNode[];
  edges: readonly PlacedEdge[];
  /** Half the width of a node. */
  radius: number;
  /** The widest a name may be. */
  labelWidth: number;
  /** As high as it takes, names included. */
  height: number;
};

/** The width of every picture, in the units in which all is placed. */
export const width = 400;

/** What a name of two lines needs above or below a face. */
const labelHeight = 36;
const headLength = 11;
const headWidth = 9;
/** How far a curve leaves the straight line, as a share of its length. */
const bend = 0.16;
/** Where on a curve its mark is, 0–1: near whom it says something of, and where the marks of up to seven keep clear. */
const markAt = 0.19;

/**
 * Puts everybody on a circle, the first at the top and the others clockwise, two side by side. Each pair that is related
 * gets an arrow that bends to its right, so that two that go to and fro stand apart. The same in, the same out.
 */
export function layOut(ids: readonly string[], pairs: readonly { from: string; to: string }[]): Layout {
  const { radius, ring } = sizesFor(ids.length);
  const onRing = ids.map((id, index) => placedNode(id, index, ids.length, ring));
  const [top, bottom] = [Math.min(...onRing.map(({ y }) => y)), Math.max(...onRing.map(({ y }) => y))];
  const margin = radius + labelHeight;
  const nodes = onRing.map((node) => ({ ...node, y: node.y - top + margin }));
  const height = nodes.length === 0 ? 0 : bottom - top + 2 * margin;
  const at = new Map(nodes.map((node) => [node.id, node]));
  const edges = pairs.flatMap(({ from, to }) => {
    const [a, b] = [at.get(from), at.get(to)];
    return a === undefined || b === undefined || a === b ? [] : [placedEdge(a, b, radius)];
  });
  const apart = ids.length < 3 ? 2 * ring : 2 * ring * Math.sin(Math.PI / ids.length);
  return { nodes, edges, radius, labelWidth: Math.min(116, Math.max(60, apart)), height };
}

/** A crowd stands closer, on a wider circle; names then take less room beside it. */
function sizesFor(count: number): { radius: number; ring: number } {
  if (count <= 6) return { radius: 24, ring: 138 };
  return count <= 10 ? { radius: 20, ring: 142 } : { radius: 15, ring: 158 };
}

/** Around a centre at height 0. */
function placedNode(id: string, index: number, count: number, ring: number): PlacedNode {
  if (count === 1) return { id, x: width / 2, y: 0, label: 'below' };
  const start = count === 2 ? Math.PI : -Math.PI / 2;
  const angle = start + (index * 2 * Math.PI) / count;
  const label = Math.sin(angle) < -0.3 ? 'above' : 'below';
  return { id, x: width / 2 + ring * Math.cos(angle), y: ring * Math.sin(angle), label };
}

function placedEdge(a: PlacedNode, b: PlacedNode, radius: number): PlacedEdge {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const control = { x: (a.x + b.x) / 2 - dy * bend, y: (a.y + b.y) / 2 + dx * bend };
  const start = towards(a, control, radius + 3);
  const tip = towards(b, control, radius + 3);
  // The line ends inside the head, so that a wide one does not show beside its point.
  const end = towards(b, control, radius + 3 + headLength * 0.7);
  return {
    from: a.id,
    to: b.id,
    path: `M${at(start)} Q${at(control)} ${at(end)}`,
    head: headAt(tip, control),
    mark: onCurve(start, control, end, markAt),
  };
}

/** The point `distance` away from `from`, on the way to `to`. */
function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : distance / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function headAt(tip: Point, from: Point): string {
  const base = towards(tip, from, headLength);
  const [dx, dy] = [(tip.x - base.x) / headLength, (tip.y - base.y) / headLength];
  const half = headWidth / 2;
  const left = { x: base.x - dy * half, y: base.y + dx * half };
  const right = { x: base.x + dy * half, y: base.y - dx * half };
  return [tip, left, right].map(at).join(' ');
}

function onCurve(a: Point, control: Point, b: Point, t: number): Point {
  const along = (from: number, over: number, to: number) =>
    (1 - t) ** 2 * from + 2 * t * (1 - t) * over + t ** 2 * to;
  return { x: along(a.x, control.x, b.x), y: along(a.y, control.y, b.y) };
}

const at = ({ x, y }: Point) => `${round(x)},${round(y)}`;
const round = (value: number) => Math.round(value * 10) / 10;

/** The outline of a slice of `share` (0–1) of a disc, from the top clockwise; empty for none. */
export function slice({ x, y }: Point, radius: number, share: number): string {
  if (share <= 0) return '';
  const up = { x, y: y - radius };
  const down = { x, y: y + radius };
  const arc = (large: 0 | 1, to: Point) => `A${radius},${radius} 0 ${large} 1 ${at(to)}`;
  if (share >= 1) return `M${at(up)} ${arc(0, down)} ${arc(0, up)} Z`;
  const angle = share * 2 * Math.PI;
  const end = { x: x + radius * Math.sin(angle), y: y - radius * Math.cos(angle) };
  return `M${at({ x, y })} L${at(up)} ${arc(share > 0.5 ? 1 : 0, end)} Z`;
}
