import { createContext, useContext } from 'react';
import { hueCount, hueOf } from './hue.ts';

/** Which colour an id has here; outside a room it follows from the id alone. */
export const HuesContext = createContext<(id: string) => number>(hueOf);

export function useHue(id: string): number {
  return useContext(HuesContext)(id);
}

/**
 * Colours for those who are together in a room, in the order in which they came: each its own as long as there are
 * enough. Every tab folds the same log and so shows the same.
 */
export function huesAmong(ids: readonly string[]): (id: string) => number {
  const given = new Map<string, number>();
  const taken = new Set<number>();
  for (const id of ids) {
    let hue = hueOf(id);
    // Steps of three, so that neighbours in the list do not become neighbours in colour.
    while (taken.size < hueCount && taken.has(hue)) hue = (hue + 3) % hueCount;
    given.set(id, hue);
    taken.add(hue);
  }
  return (id) => given.get(id) ?? hueOf(id);
}
