import type { Tone } from '../store/edge-words.ts';

type Props = { value: number; tone?: Tone; from?: 'start' | 'middle' };

/** How much of 0–100, beside the figure that says it. From the middle, where there is a for and an against. */
export function Gauge({ value, tone, from = 'start' }: Props) {
  const [left, right] = from === 'start' ? [0, value] : [Math.min(50, value), Math.max(50, value)];
  return (
    <span className="gauge" data-from={from} data-tone={tone} aria-hidden="true">
      <i style={{ left: `${left}%`, width: `${right - left}%` }} />
    </span>
  );
}
