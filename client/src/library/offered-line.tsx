import { BookOpen } from 'lucide-react';
import type { OfferedSource } from '../../../src/domain/offered-source.ts';
import { useRoomTools } from '../room/room-context.ts';
import { byUse, timeWords } from './offered.ts';
import { openSource } from './open-source.ts';

type Props = { sources: readonly OfferedSource[]; citations: readonly number[] };

/** How much of what a reply was offered it used, and what that was. */
export function OfferedLine({ sources, citations }: Props) {
  const { used, unused } = byUse(sources, citations);
  return (
    <details className="offered">
      <summary>
        <BookOpen aria-hidden="true" /> used {used.length} of {sources.length}{' '}
        {sources.length === 1 ? 'source' : 'sources'}
      </summary>
      <OfferedList title="Used" sources={used} />
      <OfferedList title="Not used" sources={unused} />
    </details>
  );
}

function OfferedList({ title, sources }: { title: string; sources: readonly OfferedSource[] }) {
  const { desk } = useRoomTools();
  if (sources.length === 0) return null;
  return (
    <>
      <p className="offered-title">{title}</p>
      <ul aria-label={title}>
        {sources.map(({ number, sourceId, chunkId, title: source, heading, start }) => (
          <li key={chunkId}>
            <span className="offered-number">{number}</span>
            <button type="button" className="text-button" onClick={() => openSource(desk, sourceId, chunkId)}>
              {source}
              {heading === '' || heading === source ? '' : ` · ${heading}`}
              {start === undefined ? '' : ` · ${timeWords(start)}`}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
