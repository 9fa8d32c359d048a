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
 * nearly so. `meaning`: none has its words, but some mean the same. `none`: nothing was found.
 */
export type SearchTier = 'phrase' | 'all' | 'any' | 'fuzzy' | 'meaning' | 'none';

export type SearchResult = { tier: SearchTier; passages: FoundPassage[] };

/** A passage with those right before and after it. */
export type PassageInPlace = { passage: Passage; before: Passage[]; after: Passage[] };

export type SourceKey = { roomId: string; sourceId: string };

/** A source that is written, but found by nobody yet. */
export type StagedSource = {
  /** Steps that have it found; they belong in the transaction that says so in the room's log. */
  publish(): Steps<void>;
  /** Takes it away again. */
  drop(): Promise<void>;
};

/** The libraries of rooms. A room finds its own passages alone. */
export type Library = {
  /** Writes a source with its passages, some at a time, so that others have their turn between. */
  stage(roomId: string, source: LibrarySource, chunks: readonly IndexedChunk[]): Promise<StagedSource>;
  /**
   * Writes sources of a room into another's library, in the same way, under the new ids that stand beside theirs. `sourceIds` are those
   * that there were, by their old ids.
   */
  copy(
    roomId: string,
    toRoomId: string,
    ids: ReadonlyMap<string, string>,
  ): Promise<StagedSource & { sourceIds: ReadonlySet<string> }>;
  /** Steps after which a source is not found any more; its rows go with the next `sweep`. */
  remove(roomId: string, sourceId: string): Steps<void>;
  /** Takes away, some at a time, the rows of what was removed, or left half written by a process that ended. */
  sweep(): Promise<void>;
  /** Oldest first. */
  list(roomId: string): Promise<LibrarySource[]>;
  /**
   * The passages that a text in plain words asks for, best first: at most `limit`, and never more than 10. `userId` is who asks, where
   * looking it up costs something.
   */
  search(roomId: string, query: string, limit?: number, userId?: string): Promise<SearchResult>;
  /** The passages of a source from its `from`th on, in order: at most `limit`. None where the room has no such source. */
  read(roomId: string, sourceId: string, from: number, limit: number): Promise<Passage[]>;
  /** Undefined: there is no such passage in this room. */
  passage(roomId: string, chunkId: string): Promise<PassageInPlace | undefined>;
};
