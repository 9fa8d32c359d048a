import { type RefObject, useEffect } from 'react';

/** Gives an element that is new the focus if that was lost with what stood in its place. */
export function useFocusIfLost(element: RefObject<HTMLElement | null>, wanted = true): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is there
  useEffect(() => {
    if (wanted && document.activeElement === document.body) element.current?.focus();
  }, []);
}
