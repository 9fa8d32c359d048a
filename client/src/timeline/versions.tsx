import { useState } from 'react';
import type { TimelineMessage } from '../../../src/domain/room-state.ts';
import { CitedMarkdown } from '../library/cited-markdown.tsx';
import { clockTime, fullTime } from '../ui/time.ts';

/** What a message said before, the latest first. */
export function Versions({ message }: { message: TimelineMessage }) {
  const [open, setOpen] = useState(false);
  const { versions } = message;
  return (
    <details className="versions" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Originally said{versions.length > 1 ? ` (${versions.length} other versions)` : ''}</summary>
      {open
        ? versions.toReversed().map((version) => (
            <div key={version.at + version.messageId} className="version markdown">
              <time dateTime={version.at} title={fullTime(version.at)}>
                {clockTime(version.at)}
              </time>
              <CitedMarkdown text={version.text} sources={version.sources} citations={version.citations} />
            </div>
          ))
        : null}
    </details>
  );
}
