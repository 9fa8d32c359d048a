import { type RefObject, useEffect, useRef } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';
import { live } from '../app/client.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { isAt, type TimelineItem } from '../store/timeline-items.ts';
import { markTarget } from '../ui/mark-target.ts';

const pagesMax = 20;
/** Until the list has drawn what it was told to scroll to. */
const drawnMs = 200;

/** Goes to the message an address names, asking for older pages until it is there. */
export function useDeepLink(
  list: RefObject<VirtuosoHandle | null>,
  items: readonly TimelineItem[],
  messageId: string | undefined,
): void {
  const { roomId } = useRoomTools();
  const older = useLiveRoom((room) => room.older);
  const wanted = useRef<string>(undefined);
  const pages = useRef(0);
  useEffect(() => {
    wanted.current = messageId;
    pages.current = 0;
  }, [messageId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: also when the address names another message
  useEffect(() => {
    const target = wanted.current;
    if (target === undefined) return;
    const index = items.findIndex((item) => item.kind === 'message' && isAt(item.message, target));
    if (index !== -1) {
      wanted.current = undefined;
      setTimeout(() => {
        list.current?.scrollToIndex({ index, align: 'center' });
        setTimeout(markTarget, drawnMs);
      }, 60);
    } else if (older === 'maybe' && pages.current < pagesMax) {
      pages.current += 1;
      void live.loadOlder(roomId);
    }
  }, [messageId, items, older, list, roomId]);
}
