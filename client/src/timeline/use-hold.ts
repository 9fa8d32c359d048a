import { type RefObject, useEffect, useRef } from 'react';

/** After somebody has scrolled, or an older page has come, the list moves by itself for a moment. */
const scrollingMs = 160;
const pageMs = 600;

type Seen = { row: string; top: number };

/** The rows in view, each with how far below the top of the view it begins. */
function rowsInView(scroller: HTMLElement): Seen[] {
  const view = scroller.getBoundingClientRect();
  return [...scroller.querySelectorAll<HTMLElement>('[data-row]')].flatMap((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    const isInView = bottom > view.top && top < view.bottom;
    return isInView ? [{ row: row.dataset.row ?? '', top: top - view.top }] : [];
  });
}

/** How far what was in view has moved, by where the first of it that is still there begins: what grows grows at its end. */
function movedBy(seen: readonly Seen[], now: readonly Seen[]): number {
  const tops = new Map(now.map(({ row, top }) => [row, top]));
  const anchor = seen.find(({ row }) => tops.has(row));
  return anchor === undefined ? 0 : (tops.get(anchor.row) ?? anchor.top) - anchor.top;
}

/**
 * Keeps what is read where it is when something comes, goes or grows above it: a reply that is written anew, words put in
 * late, what was removed, what an undo brings back. At the end of the timeline the end is kept in view instead.
 */
export function useHold(
  scroller: RefObject<HTMLElement | null>,
  prepended: number,
  isStuck: () => boolean,
): void {
  const restUntil = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when a page has come
  useEffect(() => {
    restUntil.current = performance.now() + pageMs;
  }, [prepended]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the list is there
  useEffect(() => {
    const element = scroller.current;
    const list = element?.querySelector('[data-testid="virtuoso-item-list"]');
    if (!element || !list) return;
    let seen: readonly Seen[] = [];
    let mine = Number.NaN;
    const onScroll = () => {
      if (element.scrollTop !== mine) restUntil.current = performance.now() + scrollingMs;
      mine = Number.NaN;
      seen = isStuck() ? [] : rowsInView(element);
    };
    const hold = () => {
      if (isStuck()) return;
      const now = rowsInView(element);
      const moved = performance.now() < restUntil.current ? 0 : movedBy(seen, now);
      if (Math.abs(moved) >= 1) {
        element.scrollTop += moved;
        mine = element.scrollTop;
      }
      seen = Math.abs(moved) < 1 ? now : rowsInView(element);
    };
    // Told between layout and paint, so that nobody sees it move.
    const resized = new ResizeObserver(hold);
    resized.observe(list, { box: 'border-box' });
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, []);
}
