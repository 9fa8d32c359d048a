import { type DaySum, tokensOf } from './days.ts';

type Props = { days: readonly DaySum[]; end: number; chosen: number };

/** Of a day's width of 10, what its bar takes. */
const bar = { left: 1.2, width: 7.6 };

/** The drawing alone: a bar a day up to `end`, out upon in. What it says is said in words beside it. */
export function DayBars({ days, end, chosen }: Props) {
  const height = (tokens: number) => (100 * tokens) / end;
  return (
    <svg viewBox={`0 0 ${days.length * 10} 100`} preserveAspectRatio="none" aria-hidden="true">
      <rect className="usage-chosen" x={chosen * 10} width={10} y={0} height={100} />
      {[0, 50, 100].map((y) => (
        <line key={y} x1={0} x2={days.length * 10} y1={y} y2={y} vectorEffect="non-scaling-stroke" />
      ))}
      {days.map((sum, index) => (
        <g key={sum.day}>
          <rect
            data-part="in"
            x={index * 10 + bar.left}
            width={bar.width}
            y={100 - height(sum.promptTokens)}
            height={height(sum.promptTokens)}
          />
          <rect
            data-part="out"
            x={index * 10 + bar.left}
            width={bar.width}
            y={100 - height(tokensOf(sum))}
            height={height(sum.completionTokens)}
          />
        </g>
      ))}
    </svg>
  );
}
