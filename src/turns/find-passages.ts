import type { OfferedSource } from '../domain/offered-source.ts';

/** A passage of a room's library, with its text. */
export type Passage = Omit<OfferedSource, 'number'> & { text: string };

/** What a search found, the best first, and how it was found. */
export type Found = { tier: string; passages: readonly Passage[] };

/** Looks something up in a room's library; `userId` is who asked for it, if somebody did. */
export type FindPassages = (roomId: string, query: string, userId?: string) => Promise<Found>;
