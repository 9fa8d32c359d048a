import { useState } from 'react';
import { useLiveRoom } from '../room/room-context.ts';
import { operationWord } from '../store/brief.ts';
import { DiffList } from './diff-list.tsx';

/** What the last refresh came to: what it did, what it did not and why, and the text before and after. */
export function LastRefresh() {
  const brief = useLiveRoom((room) => room.state.brief);
  const [isOpen, setIsOpen] = useState(false);
  const { refreshed, document, revision } = brief;
  if (refreshed === undefined) return null;
  const { applied, skipped, before } = refreshed;
  const sections = [...document.sections, ...before.sections];
  const isLatest = refreshed.revision === revision;
  return (
    <details className="last-refresh" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        Last refresh: {applied.length} applied, {skipped.length} skipped
      </summary>
      {isOpen ? (
        <>
          <ul className="operations">
            {applied.map((told, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list is told once and stays
              <li key={index}>{operationWord(told, sections)}</li>
            ))}
            {skipped.map((told, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <li key={index}>
                <span className="tag">skipped</span> {operationWord(told, sections)}
                {typeof told.reason === 'string' ? ` (${told.reason})` : ''}
              </li>
            ))}
          </ul>
          <h4 className="part-sub">{isLatest ? 'What it changed' : 'What has changed by it and since'}</h4>
          <DiffList before={before} after={document} />
        </>
      ) : null}
    </details>
  );
}
