import { type RefObject, type ToggleEvent, useLayoutEffect, useRef, useState } from 'react';

const gap = 6;
const edge = 8;

/** Which edges are in line: those on the left (`start`) or on the right. */
type Align = 'start' | 'end';

function place(floating: HTMLElement, beside: HTMLElement, align: Align): void {
  const at = beside.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = floating;
  const below = at.bottom + gap;
  const top = below + height <= innerHeight - edge ? below : Math.max(edge, at.top - gap - height);
  const wanted = align === 'start' ? at.left : at.right - width;
  const left = Math.min(Math.max(edge, wanted), innerWidth - edge - width);
  floating.style.top = `${top}px`;
  floating.style.left = `${left}px`;
  floating.dataset.placed = '';
}

type Floating = {
  trigger: RefObject<HTMLButtonElement | null>;
  floating: RefObject<HTMLDivElement | null>;
  open: boolean;
  onToggle: (event: ToggleEvent<HTMLElement>) => void;
};

/** Keeps a native popover beside what opened it, also while the timeline moves under it. */
export function useFloating(align: Align = 'end'): Floating {
  const trigger = useRef<HTMLButtonElement>(null);
  const floating = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  useLayoutEffect(() => {
    if (!open) return;
    const put = () => {
      if (floating.current !== null && trigger.current !== null)
        place(floating.current, trigger.current, align);
    };
    put();
    window.addEventListener('scroll', put, { capture: true, passive: true });
    window.addEventListener('resize', put);
    return () => {
      window.removeEventListener('scroll', put, { capture: true });
      window.removeEventListener('resize', put);
    };
  }, [open, align]);
  return { trigger, floating, open, onToggle: (event) => setOpen(event.newState === 'open') };
}
