/** Something in a list, or something that has just left it and is seen leaving. */
export type Lingering<T> = { item: T; isLeaving: boolean };

export const staying = <T>(item: T): Lingering<T> => ({ item, isLeaving: false });

/** The items, and where they stood those of `before` that are not among them any more. */
export function withLeaving<T>(
  before: readonly Lingering<T>[],
  items: readonly T[],
  keyOf: (item: T) => string,
): Lingering<T>[] {
  const keys = new Set(items.map(keyOf));
  const result = items.map(staying);
  for (const [index, { item }] of before.entries()) {
    if (!keys.has(keyOf(item))) result.splice(Math.min(index, result.length), 0, { item, isLeaving: true });
  }
  return result;
}
