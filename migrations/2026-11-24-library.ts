import { type Kysely, PostgresAdapter, sql } from 'kysely';

/**
 * Rooms' libraries: sources, their passages, and how many passages of a source each word is in. A passage's words (`words`,
 * `heading_words`) are as the server made them out of its text; here they are only looked up, so that both databases find the
 * same: by FTS5 or by a `tsvector` that comes ready.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const clustered = isPostgres ? sql`` : sql`without rowid`;

  await db.schema
    .createTable('library_sources')
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('source_id', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('author', 'text')
    .addColumn('category', 'text')
    .addColumn('format', 'text', (column) => column.notNull())
    .addColumn('chunks', 'integer', (column) => column.notNull())
    .addColumn('bytes', 'integer', (column) => column.notNull())
    .addColumn('added_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('library_sources_key', ['room_id', 'source_id'])
    .modifyEnd(clustered)
    .execute();

  await db.schema
    .createTable('library_chunks')
    .addColumn('id', isPostgres ? 'serial' : 'integer', (column) => column.primaryKey())
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('source_id', 'text', (column) => column.notNull())
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('heading', 'text', (column) => column.notNull())
    .addColumn('anchor', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('start_ms', 'integer')
    .addColumn('end_ms', 'integer')
    .addColumn('heading_words', 'text', (column) => column.notNull())
    .addColumn('words', 'text', (column) => column.notNull())
    .addUniqueConstraint('library_chunks_place', ['room_id', 'source_id', 'ordinal'])
    .execute();

  const word = isPostgres ? sql`text collate "C"` : ('text' as const);
  await db.schema
    .createTable('library_words')
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('word', word, (column) => column.notNull())
    .addColumn('source_id', 'text', (column) => column.notNull())
    .addColumn('chunks', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('library_words_key', ['room_id', 'word', 'source_id'])
    .modifyEnd(clustered)
    .execute();
  await db.schema
    .createIndex('library_words_by_source')
    .on('library_words')
    .columns(['room_id', 'source_id'])
    .execute();

  if (isPostgres) {
    await sql`alter table library_chunks add column search tsvector`.execute(db);
    await sql`create index library_chunks_search on library_chunks using gin (search)`.execute(db);
    return;
  }
  await sql`create virtual table library_index using fts5(
    room_id, heading_words, words, content = 'library_chunks', content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co' tokenchars '-_'")`.execute(db);
  await sql`create trigger library_chunks_added after insert on library_chunks begin
    insert into library_index (rowid, room_id, heading_words, words)
    values (new.id, new.room_id, new.heading_words, new.words); end`.execute(db);
  await sql`create trigger library_chunks_removed after delete on library_chunks begin
    insert into library_index (library_index, rowid, room_id, heading_words, words)
    values ('delete', old.id, old.room_id, old.heading_words, old.words); end`.execute(db);
}
