import type { Database } from '../db/database.ts';
import { compiled } from '../db/query.ts';
import type { SourceFormat } from '../domain/source.ts';
import type { Library, LibrarySource } from './library.ts';
import { createPassages } from './passages.ts';
import { createSearch } from './search/search.ts';
import { createSourceWriter } from './stage-source.ts';
import { createUnpublished } from './unpublished.ts';
import type { FindNear } from './vectors/find-near.ts';

/** Rooms' libraries in the database that has their logs. Without `findNear` they are searched by words alone. */
export function createLibrary(db: Database, findNear?: FindNear): Library {
  const passages = createPassages(db);
  const writer = createSourceWriter(db, createUnpublished(db));
  return {
    ...writer,
    async list(roomId) {
      const query = db.sql
        .selectFrom('library_sources')
        .selectAll()
        .where('room_id', '=', roomId)
        .orderBy('added_at')
        .orderBy('source_id');
      return (await db.run(compiled(query))).map(fromRow);
    },
    search: createSearch(db, passages, findNear),
    read: passages.inOrder,
    passage: passages.inPlace,
  };
}

type Row = {
  source_id: string;
  title: string;
  author: string | null;
  category: string | null;
  format: string;
  chunks: number;
  bytes: number;
  added_at: string;
};

function fromRow({
  source_id,
  title,
  author,
  category,
  format,
  chunks,
  bytes,
  added_at,
}: Row): LibrarySource {
  return {
    sourceId: source_id,
    title,
    ...(author === null ? {} : { author }),
    ...(category === null ? {} : { category }),
    format: format as SourceFormat,
    chunks,
    bytes,
    addedAt: added_at,
  };
}
