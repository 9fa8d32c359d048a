import { TrustMark } from './trust-mark.tsx';

const lines = [
  { tone: 'like', words: 'likes' },
  { tone: 'neutral', words: 'neutral' },
  { tone: 'dislike', words: 'dislikes' },
] as const;
const disc = { x: 8, y: 8 };

/** What the lines and the discs on them mean. */
export function Legend() {
  return (
    <ul className="legend" aria-label="What the picture means">
      {lines.map(({ tone, words }) => (
        <li key={tone}>
          <svg viewBox="0 0 30 16" className="legend-line edge" data-tone={tone} aria-hidden="true">
            <path className="edge-line" d="M2,8 L28,8" strokeWidth={tone === 'neutral' ? 1.5 : 3} />
          </svg>
          {words}
        </li>
      ))}
      <li>
        <svg viewBox="0 0 16 16" className="legend-disc" aria-hidden="true">
          <TrustMark at={disc} trust={70} />
        </svg>
        the fuller, the more trust
      </li>
    </ul>
  );
}
