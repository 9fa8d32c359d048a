/** Does something for each number below `count`, `size` of them at a time; what came of it, in order. */
export async function inBatches<T>(
  count: number,
  size: number,
  work: (index: number) => Promise<T>,
): Promise<T[]> {
  const all: T[] = [];
  for (let from = 0; from < count; from += size) {
    const batch = Array.from({ length: Math.min(size, count - from) }, (_, offset) => work(from + offset));
    all.push(...(await Promise.all(batch)));
  }
  return all;
}
