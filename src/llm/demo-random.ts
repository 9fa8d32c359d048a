/** A choice of one of `list`, the same for the same seed and order of calls. */
export type Pick = <T>(list: readonly [T, ...T[]]) => T;

/** A 32-bit hash of `text` (FNV-1a). */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Seeded choices (mulberry32): varied enough to be pleasant, and reproducible. */
export function createPick(seed: number): Pick {
  let state = seed;
  return (list) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    const share = ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    return list[Math.floor(share * list.length)] ?? list[0];
  };
}
