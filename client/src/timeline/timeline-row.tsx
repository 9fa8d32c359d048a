import { memo } from 'react';
import type { TimelineItem } from '../store/timeline-items.ts';
import { dayName } from '../ui/time.ts';
import { MessageItem } from './message-item.tsx';
import { OutgoingItem } from './outgoing-item.tsx';
import { QueuedItem } from './queued-item.tsx';
import { WritingItem } from './writing-item.tsx';

function same(a: TimelineItem, b: TimelineItem): boolean {
  if (a.kind === 'message' && b.kind === 'message') {
    return (
      a.message === b.message && a.continues === b.continues && a.newDay === b.newDay && a.quotes === b.quotes
    );
  }
  if (a.kind === 'outgoing' && b.kind === 'outgoing') return a.outgoing === b.outgoing;
  return 'turn' in a && 'turn' in b && a.turn === b.turn;
}

export const TimelineRow = memo(
  function TimelineRow({ item }: { item: TimelineItem }) {
    switch (item.kind) {
      case 'message':
        return (
          <div className="row-wrap">
            {item.newDay ? <p className="day">{dayName(item.message.at)}</p> : null}
            <MessageItem message={item.message} continues={item.continues} quotes={item.quotes} />
          </div>
        );
      case 'outgoing':
        return <OutgoingItem outgoing={item.outgoing} />;
      case 'writing':
        return <WritingItem turn={item.turn} />;
      case 'queued':
        return <QueuedItem turn={item.turn} />;
    }
  },
  (before, after) => same(before.item, after.item),
);
