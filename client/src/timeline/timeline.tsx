import { ArrowDown } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import { useShallow } from 'zustand/react/shallow';
import { live, useApp } from '../app/client.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { unsettled } from '../store/outbox.ts';
import { speakingAtEnd } from '../store/speaking.ts';
import { type TimelineItem, timelineItems } from '../store/timeline-items.ts';
import { TimelineRow } from './timeline-row.tsx';
import { TimelineStart } from './timeline-start.tsx';
import { useDeepLink } from './use-deep-link.ts';
import { useHold } from './use-hold.ts';
import { useStick } from './use-stick.ts';

/** So large that older pages never bring the first index below zero. */
const firstIndex = 10_000_000;
const roomAround = { top: 900, bottom: 600 };
const parts = { Header: TimelineStart, Footer: () => <div className="timeline-end" /> };

function useItems(): TimelineItem[] {
  const { roomId } = useRoomTools();
  const timeline = useLiveRoom((room) => room.timeline);
  const turns = useLiveRoom((room) => room.state.turns);
  const speaking = useLiveRoom(useShallow(speakingAtEnd));
  const outbox = useApp((state) => state.outbox);
  const now = useLiveRoom((room) => room.state.scene?.sceneId ?? null);
  const isWhole = useLiveRoom((room) => room.older === 'none');
  return useMemo(() => {
    const shown = new Set(timeline.map((message) => message.messageId));
    const open = unsettled(outbox, roomId, (messageId) => shown.has(messageId));
    return timelineItems(timeline, turns, open, speaking, { now, isWhole });
  }, [timeline, turns, outbox, speaking, roomId, now, isWhole]);
}

/** What was said, and what is being said. */
export function Timeline({ messageId }: { messageId?: string | undefined }) {
  const { roomId } = useRoomTools();
  const items = useItems();
  const prepended = useLiveRoom((room) => room.prepended);
  const list = useRef<VirtuosoHandle>(null);
  const { sticks, isStuck, scroller, onScroller, onHeight, toEnd, fresh } = useStick(items);
  useHold(scroller, prepended, isStuck);
  useDeepLink(list, items, messageId);
  const mine = items.findLast((item) => item.kind === 'outgoing')?.key;
  // Whoever says something wants to see it said.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when there is something new of one's own
  useEffect(() => {
    if (mine !== undefined) toEnd();
  }, [mine]);
  return (
    <section className="timeline" aria-label="Conversation" data-testid="timeline">
      <Virtuoso
        ref={list}
        data={items}
        firstItemIndex={firstIndex - prepended}
        initialTopMostItemIndex={{ index: 'LAST', align: 'end' }}
        computeItemKey={(_, item) => item.key}
        itemContent={(_, item) => (
          <div data-row={item.key} className="row-wrap">
            <TimelineRow item={item} />
          </div>
        )}
        followOutput={() => (isStuck() ? 'auto' : false)}
        totalListHeightChanged={onHeight}
        scrollerRef={onScroller}
        startReached={() => void live.loadOlder(roomId)}
        increaseViewportBy={roomAround}
        components={parts}
        className="timeline-list"
      />
      {sticks ? null : (
        <button type="button" className="jump" onClick={toEnd}>
          <ArrowDown aria-hidden="true" />
          {fresh === 0 ? 'Jump to latest' : `${fresh} new ${fresh === 1 ? 'message' : 'messages'}`}
        </button>
      )}
    </section>
  );
}
