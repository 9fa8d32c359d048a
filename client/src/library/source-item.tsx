import { FileText, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Source } from '../../../src/domain/source.ts';
import { api } from '../api/api.ts';
import { By } from '../known/by.tsx';
import { useRoomTools } from '../room/room-context.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { tell } from '../ui/toasts.tsx';
import { useAction } from '../ui/use-action.ts';
import { openSource } from './open-source.ts';

/** A file of the library, and for those who may, a way to take it out. */
export function SourceItem({ source, mayRemove }: { source: Source; mayRemove: boolean }) {
  const { desk } = useRoomTools();
  const [asking, setAsking] = useState(false);
  const { title, format, chunks, author, by, at } = source;
  const about = [
    ...(format === undefined ? [] : [format.toUpperCase()]),
    `${chunks} ${chunks === 1 ? 'passage' : 'passages'}`,
    ...(author === undefined ? [] : [`by ${author}`]),
  ];
  return (
    <li className="source">
      <FileText className="source-icon" aria-hidden="true" />
      <div>
        <p className="source-title">
          <button
            type="button"
            className="text-button source-open"
            onClick={() => openSource(desk, source.sourceId)}
          >
            <span className="visually-hidden">Read </span>
            {title}
          </button>
        </p>
        <p className="source-about">{about.join(' · ')}</p>
        <div className="source-about">
          Added by <By by={by} at={at} />
        </div>
      </div>
      {mayRemove && !asking ? (
        <IconButton label={`Remove ${title}`} onClick={() => setAsking(true)}>
          <Trash2 />
        </IconButton>
      ) : null}
      {asking ? <Removing source={source} onKeep={() => setAsking(false)} /> : null}
    </li>
  );
}

function Removing({ source: { sourceId, title }, onKeep }: { source: Source; onKeep: () => void }) {
  const { roomId } = useRoomTools();
  const { busy, error, run } = useAction();
  const remove = () =>
    run(async () => {
      await api.removeSource(roomId, sourceId);
      tell(`${title} is out of the library`);
    });
  return (
    <fieldset className="action-row action-row-asking" aria-label={`Remove ${title}?`}>
      <p>
        <strong>Remove it?</strong> Bots will not find it any more, and what cites it cannot be opened.
      </p>
      {error === undefined ? null : (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      <div className="row">
        <Button small autoFocus onClick={onKeep}>
          Keep it
        </Button>
        <Button small look="danger" disabled={busy} onClick={() => void remove()}>
          Yes, remove it
        </Button>
      </div>
    </fieldset>
  );
}
