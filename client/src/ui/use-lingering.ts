import { useEffect, useState } from 'react';
import { type Lingering, staying, withLeaving } from './lingering.ts';
import { useMedia } from './use-media.ts';

const leavingMs = 260;

/**
 * Lets what leaves a list be seen leaving; where nothing may move it is gone at once. `items` and `keyOf` are to stay the
 * same between renders as long as nothing changes.
 */
export function useLingering<T>(items: readonly T[], keyOf: (item: T) => string): readonly Lingering<T>[] {
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const [shown, setShown] = useState<readonly Lingering<T>[]>(() => items.map(staying));
  useEffect(() => {
    setShown((before) => (still ? items.map(staying) : withLeaving(before, items, keyOf)));
    const timer = setTimeout(() => setShown(items.map(staying)), leavingMs);
    return () => clearTimeout(timer);
  }, [items, keyOf, still]);
  return shown;
}
