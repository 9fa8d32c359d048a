import { memo } from 'react';
import { SceneLine } from '../scene/scene-line.tsx';
import type { TimelineItem } from '../store/timeline-items.ts';
import { dayName } from '../ui/time.ts';
import { MessageItem } from './message-item.tsx';
import { OutgoingItem } from './outgoing-item.tsx';
import { QueuedItem } from './queued-item.tsx';
import { WritingItem } from './writing-item.tsx';

function same(a: TimelineItem, b: TimelineItem): boolean {
  if (a.kind === 'message' && b.kind === 'message') {
    return (
      a.message === b.message &&
      a.continues === b.continues &&
      a.day === b.day &&
      a.scene?.sceneId === b.scene?.sceneId &&
      a.quote === b.quote
    );
  }
  if (a.kind === 'scene' && b.kind === 'scene') return a.mark.sceneId === b.mark.sceneId;
  if (a.kind === 'outgoing' && b.kind === 'outgoing') return a.outgoing === b.outgoing;
  if (a.kind === 'writing' && b.kind === 'writing') return a.speaking === b.speaking;
  return a.kind === 'queued' && b.kind === 'queued' && a.turn === b.turn && a.position === b.position;
}

export const TimelineRow = memo(
  function TimelineRow({ item }: { item: TimelineItem }) {
    switch (item.kind) {
      case 'message':
        return (
          <>
            {item.day === undefined ? null : <p className="day">{dayName(item.day)}</p>}
            {item.scene === undefined ? null : <SceneLine sceneId={item.scene.sceneId} />}
            <MessageItem message={item.message} continues={item.continues} quote={item.quote} />
          </>
        );
      case 'scene':
        return <SceneLine sceneId={item.mark.sceneId} />;
      case 'outgoing':
        return <OutgoingItem outgoing={item.outgoing} />;
      case 'writing':
        return <WritingItem speaking={item.speaking} />;
      case 'queued':
        return <QueuedItem turn={item.turn} position={item.position} />;
    }
  },
  (before, after) => same(before.item, after.item),
);
