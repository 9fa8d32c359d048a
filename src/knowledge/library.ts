import type { Steps } from '../db/steps.ts';
import type { SourceFormat } from '../domain/source.ts';
import type { IndexedChunk } from './read-file.ts';

/** A source as the library keeps it. */
export type LibrarySource = {
  sourceId: string;
  title: string;
  author?: string;
  category?: string;
  format: SourceFormat;
  chunks: number;
  /** The size of the file. */
  bytes: number;
  addedAt: string;
};

/** A passage, and what it is from. `start` and `end` are milliseconds in a recording. */
export type Passage = {
  sourceId: string;
  chunkId: string;
  /** Its place in the source, from 0. */
  ordinal: number;
  /** Of the source. */
  title: string;
  heading: string;
  anchor: string;
  author?: string;
  category?: string;
  text: string;
  start?: number;
  end?: number;
};

/** A passage that was found. The higher the score, the better; scores of different searches do not compare. */
export type FoundPassage = Passage & {
  /** What of it the question is about, in at most 200 characters. */
  summary: string;
  score: number;
};

/**
 * How well the best passage fits: it has the words as they were said, all words that matter, some of them, or words spelled
 * nearly so. `none`: nothing was found.
 */
export type SearchTier = 'phrase' | 'all' | 'any' | 'fuzzy' | 'none';

export type SearchResult = { tier: SearchTier; passages: FoundPassage[] };

/** A passage with those right before and after it. */
export type PassageInPlace = { passage: Passage; before: Passage[]; after: Passage[] };

/** The libraries of rooms. A room finds its own passages alone. */
export type Library = {
  /** Steps that write a source with its passages; they belong in the transaction that says so in the room's log. */
  add(roomId: string, source: LibrarySource, chunks: readonly IndexedChunk[]): Steps<void>;
  /** Steps that take all rows of a source away. */
  remove(roomId: string, sourceId: string): Steps<void>;
  /** Oldest first. */
  list(roomId: string): Promise<LibrarySource[]>;
  /** The passages that a text in plain words asks for, best first: at most `limit`, and never more than 10. */
  search(roomId: string, query: string, limit?: number): Promise<SearchResult>;
  /** The passages of a source from its `from`th on, in order: at most `limit`. None where the room has no such source. */
  read(roomId: string, sourceId: string, from: number, limit: number): Promise<Passage[]>;
  /** Undefined: there is no such passage in this room. */
  passage(roomId: string, chunkId: string): Promise<PassageInPlace | undefined>;
};
