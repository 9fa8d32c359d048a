import { useCallback, useEffect, useRef, useState } from 'react';
import type { TimelineItem } from '../store/timeline-items.ts';

const nearPx = 60;

function lastSeq(items: readonly TimelineItem[]): number {
  const last = items.findLast((item) => item.kind === 'message');
  return last?.kind === 'message' ? last.message.seq : 0;
}

/**
 * Keeps the end in view while text grows, until somebody scrolls up, and again once they are back at the end. Only a
 * scroll upwards lets go: growing content moves the end away without anybody having scrolled.
 */
export function useStick(items: readonly TimelineItem[]) {
  const [sticks, setSticks] = useState(true);
  const stuck = useRef(true);
  const scroller = useRef<HTMLElement | null>(null);
  const lastTop = useRef(0);
  const seen = useRef(lastSeq(items));

  const toBottom = useCallback(() => {
    const element = scroller.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, []);

  const set = useCallback((value: boolean) => {
    stuck.current = value;
    setSticks(value);
  }, []);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const isNear = scrollHeight - scrollTop - clientHeight < nearPx;
    if (isNear) set(true);
    else if (scrollTop < lastTop.current - 2) set(false);
    lastTop.current = scrollTop;
  }, [set]);

  const resized = useRef<ResizeObserver | null>(null);
  const onScroller = useCallback(
    (element: HTMLElement | Window | null) => {
      scroller.current?.removeEventListener('scroll', onScroll);
      resized.current?.disconnect();
      scroller.current = element instanceof HTMLElement ? element : null;
      if (scroller.current === null) return;
      scroller.current.addEventListener('scroll', onScroll, { passive: true });
      resized.current = new ResizeObserver(() => stuck.current && toBottom());
      resized.current.observe(scroller.current);
    },
    [onScroll, toBottom],
  );

  const onHeight = useCallback(() => {
    if (stuck.current) toBottom();
  }, [toBottom]);

  const toEnd = useCallback(() => {
    set(true);
    toBottom();
    requestAnimationFrame(toBottom);
  }, [set, toBottom]);

  useEffect(() => {
    if (sticks) seen.current = lastSeq(items);
  }, [items, sticks]);

  // What was taken away may have brought the end into view, without a scroll and before the list measured itself.
  // biome-ignore lint/correctness/useExhaustiveDependencies: after every change of the rows
  useEffect(() => {
    const frame = requestAnimationFrame(onScroll);
    return () => cancelAnimationFrame(frame);
  }, [items]);

  const fresh = sticks
    ? 0
    : items.filter((item) => item.kind === 'message' && item.message.seq > seen.current).length;
  return { sticks, isStuck: () => stuck.current, scroller, onScroller, onHeight, toEnd, fresh };
}
