import type { Database } from '../../src/db/database.ts';
import { type Chunk, chunk } from '../../src/knowledge/chunk.ts';
import { createLibrary } from '../../src/knowledge/create-library.ts';
import { extractMarkdown } from '../../src/knowledge/extract/markdown.ts';
import type { LibrarySource } from '../../src/knowledge/library.ts';
import { indexed } from '../../src/knowledge/read-file.ts';
import type { FindNear } from '../../src/knowledge/vectors/find-near.ts';

/** The libraries of a database, filled without a room's log. */
export function testLibrary(db: Database, findNear?: FindNear) {
  const library = createLibrary(db, findNear);
  return {
    ...library,

    /** Puts a Markdown text into a room's library. */
    async put(
      roomId: string,
      sourceId: string,
      text: string,
      told: Partial<LibrarySource> = {},
    ): Promise<void> {
      await this.putChunks(roomId, sourceId, chunk(extractMarkdown(text).sections), told);
    },

    async putChunks(
      roomId: string,
      sourceId: string,
      chunks: readonly Chunk[],
      told: Partial<LibrarySource> = {},
    ): Promise<void> {
      const addedAt = '2026-01-01T00:00:00.000Z';
      const source: LibrarySource = {
        sourceId,
        title: sourceId,
        format: 'md',
        chunks: chunks.length,
        bytes: 1,
        addedAt,
        ...told,
      };
      const staged = await library.stage(roomId, source, chunks.map(indexed));
      await db.transact(roomId, staged.publish);
    },

    /** Takes a source out again. */
    async drop(roomId: string, sourceId: string): Promise<void> {
      await db.transact(roomId, () => library.remove(roomId, sourceId));
      await library.sweep();
    },
  };
}

export type TestLibrary = ReturnType<typeof testLibrary>;
