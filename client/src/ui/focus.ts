import { type RefObject, useEffect } from 'react';

/** Takes the focus where what had it has just gone. Whoever writes elsewhere meanwhile goes on writing there. */
export function useLostFocus(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (document.activeElement === document.body) element.current?.focus({ preventScroll: true });
  }, [element]);
}

/** Puts the focus back, once what had it is gone, on the thing that was opened from there. */
export function returnFocus(id: string): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) document.getElementById(id)?.focus({ preventScroll: true });
  });
}
