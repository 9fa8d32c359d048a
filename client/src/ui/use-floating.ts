import { type RefObject, type ToggleEvent, useLayoutEffect, useRef, useState } from 'react';

const gap = 6;
const edge = 8;

function place(floating: HTMLElement, beside: HTMLElement): void {
  const at = beside.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = floating;
  const below = at.bottom + gap;
  const top = below + height <= innerHeight - edge ? below : Math.max(edge, at.top - gap - height);
  const left = Math.min(Math.max(edge, at.right - width), innerWidth - edge - width);
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
export function useFloating(): Floating {
  const trigger = useRef<HTMLButtonElement>(null);
  const floating = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  useLayoutEffect(() => {
    if (!open) return;
    const put = () => {
      if (floating.current !== null && trigger.current !== null) place(floating.current, trigger.current);
    };
    put();
    window.addEventListener('scroll', put, { capture: true, passive: true });
    window.addEventListener('resize', put);
    return () => {
      window.removeEventListener('scroll', put, { capture: true });
      window.removeEventListener('resize', put);
    };
  }, [open]);
  return { trigger, floating, open, onToggle: (event) => setOpen(event.newState === 'open') };
}
