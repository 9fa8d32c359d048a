import { useState } from 'react';
import type { TimelineMessage } from '../../../src/domain/room-state.ts';
import { Markdown } from '../markdown/markdown.tsx';
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
              <Markdown text={version.text} />
            </div>
          ))
        : null}
    </details>
  );
}
