import { z } from 'zod';

/** A passage of the library that a reply was offered. Its number is the same for the whole room. */
export const offeredSourceSchema = z.object({
  number: z.int().positive(),
  sourceId: z.string(),
  chunkId: z.string(),
  title: z.string(),
  heading: z.string(),
  anchor: z.string(),
  author: z.string().optional(),
  category: z.string().optional(),
  /** Its beginning, of at most 200 characters. */
  summary: z.string(),
  /** In a recording: milliseconds. */
  start: z.number().optional(),
  end: z.number().optional(),
});
export type OfferedSource = z.infer<typeof offeredSourceSchema>;

/** Which passage has which number in a room. */
export const numberingSchema = z.array(z.object({ number: z.int().positive(), chunkId: z.string() }));
export type Numbering = z.infer<typeof numberingSchema>;

/** Passages with the numbers they have in the room, or the next ones. */
export function numbered<T extends { chunkId: string }>(
  numbers: Numbering,
  passages: readonly T[],
): (T & { number: number })[] {
  let last = numbers.reduce((most, { number }) => Math.max(most, number), 0);
  return passages.map((passage) => {
    const known = numbers.find(({ chunkId }) => chunkId === passage.chunkId)?.number;
    if (known === undefined) last += 1;
    return { ...passage, number: known ?? last };
  });
}

/** The numbering after a reply was offered these. */
export function numberingAfter(
  numbers: Numbering,
  offered: readonly OfferedSource[],
  most: number,
): Numbering {
  const fresh = offered.filter(({ chunkId }) => !numbers.some((known) => known.chunkId === chunkId));
  if (fresh.length === 0) return numbers;
  return [...numbers, ...fresh.map(({ number, chunkId }) => ({ number, chunkId }))].slice(-most);
}
