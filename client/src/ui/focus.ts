import { type RefObject, useEffect } from 'react';

/** Gives a field that has just come the focus. Whoever writes elsewhere meanwhile goes on writing there. */
export function useFieldFocus(field: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    if (document.activeElement?.matches('textarea, input') === true) return;
    field.current?.focus();
    field.current?.setSelectionRange(-1, -1);
    // With the buttons below it.
    field.current?.form?.scrollIntoView({ block: 'nearest' });
  }, [field]);
}

/** Puts the focus back, once what had it is gone, on the thing that was opened from there. */
export function returnFocus(id: string): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) document.getElementById(id)?.focus({ preventScroll: true });
  });
}
