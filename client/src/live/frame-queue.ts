/**
 * Collects what arrives and hands it on once a frame, in order: a reply that streams costs one change of the store a
 * frame, however many pieces it comes in. A hidden tab has no frames, so a timer stands by.
 */
export function createFrameQueue<T>(deliver: (items: readonly T[]) => void) {
  let items: T[] = [];
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    timer = undefined;
    if (items.length === 0) return;
    const batch = items;
    items = [];
    deliver(batch);
  }

  return {
    push(item: T): void {
      items.push(item);
      if (timer !== undefined) return;
      frame = requestAnimationFrame(flush);
      timer = setTimeout(flush, 120);
    },
    flush,
  };
}
