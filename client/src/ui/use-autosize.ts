import { type RefObject, useLayoutEffect } from 'react';

const sizesItself = typeof CSS !== 'undefined' && CSS.supports('field-sizing', 'content');

/** Lets a text field grow with its text where the browser does not do so by itself. */
export function useAutosize(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows from the text
  useLayoutEffect(() => {
    const element = field.current;
    if (sizesItself || element === null) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [field, text]);
}
