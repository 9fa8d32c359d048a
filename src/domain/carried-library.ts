import { z } from 'zod';
import type { Actor, NewEvent } from './event.ts';
import { type Numbering, numberingSchema, type OfferedSource } from './offered-source.ts';
import { sourceSchema } from './source.ts';

/** A room's library as another room takes it over: its sources under new ids (`from` is the old one), and the numbers cited so far. */
export const carriedLibrarySchema = z.object({
  sources: z.array(sourceSchema.omit({ at: true }).extend({ from: z.string() })),
  numbering: numberingSchema,
});
export type CarriedLibrary = z.infer<typeof carriedLibrarySchema>;

/** The events that tell of the sources in the new room, in their order. */
export function carriedSources(actor: Actor, { sources }: CarriedLibrary): NewEvent[] {
  return sources.map(({ from: _from, ...data }): NewEvent => ({ kind: 'source.added', actor, data }));
}

/** The numbers, of the passages under their new ids. */
export function carriedNumbering(library: CarriedLibrary): Numbering {
  return library.numbering.map(({ number, chunkId }) => ({ number, chunkId: chunkIdIn(library, chunkId) }));
}

/** What a message was offered, under its new ids. What does not go along keeps its old ones, which lead nowhere in the new room. */
export function carriedOffer(library: CarriedLibrary, offered: readonly OfferedSource[]): OfferedSource[] {
  return offered.map((one) => ({
    ...one,
    sourceId: library.sources.find(({ from }) => from === one.sourceId)?.sourceId ?? one.sourceId,
    chunkId: chunkIdIn(library, one.chunkId),
  }));
}

/** A passage is named by its source and its place in that. */
function chunkIdIn({ sources }: CarriedLibrary, chunkId: string): string {
  const at = chunkId.lastIndexOf('-');
  const source = sources.find(({ from }) => from === chunkId.slice(0, at));
  return source === undefined ? chunkId : source.sourceId + chunkId.slice(at);
}
