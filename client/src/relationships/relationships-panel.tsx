import { useState } from 'react';
import { PanelHead } from '../ui/panel-head.tsx';
import { Segments } from '../ui/segments.tsx';
import { useMedia } from '../ui/use-media.ts';
import { FeelingsTable } from './feelings-table.tsx';
import { RelationshipPicture } from './relationship-picture.tsx';
import { useCast } from './use-cast.ts';

const views = [
  { value: 'picture', label: 'Picture' },
  { value: 'list', label: 'List' },
] as const;
type View = (typeof views)[number]['value'];

/** Who feels what about whom, as it changes: a picture, or the same as a list, which a small screen shows first. */
export function RelationshipsPanel() {
  const wide = useMedia('(min-width: 960px)');
  const [view, setView] = useState<View>(wide ? 'picture' : 'list');
  const [chosen, setChosen] = useState<string>();
  const { cast, feelings } = useCast();
  const isEmpty = feelings.length === 0;
  return (
    <div className="relationships">
      <PanelHead title="Relationships">
        <Segments legend="Shown as" options={views} value={view} onChange={setView} />
      </PanelHead>
      {isEmpty ? (
        <p className="relationships-none">
          Nobody feels anything about anybody yet. With each reply, those who are there may come to like,
          trust and know each other a little more, or less.
        </p>
      ) : null}
      {view === 'picture' ? (
        <RelationshipPicture cast={cast} feelings={feelings} chosen={chosen} onChoose={setChosen} />
      ) : null}
      {view === 'list' && !isEmpty ? (
        <FeelingsTable cast={cast} feelings={feelings} chosen={chosen} onChoose={setChosen} />
      ) : null}
    </div>
  );
}
