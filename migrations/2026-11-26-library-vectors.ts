import { type Kysely, PostgresAdapter, sql } from 'kysely';

/**
 * What passages mean, as 32-bit numbers by the model that made them. `embedded` names the model by which all passages of a source have
 * theirs; `embedding_until_ms` keeps processes from making them twice, and lapses by the database's clock.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  await db.schema
    .createTable('library_vectors')
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('source_id', 'text', (column) => column.notNull())
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('vector', isPostgres ? 'bytea' : 'blob', (column) => column.notNull())
    .addPrimaryKeyConstraint('library_vectors_key', ['room_id', 'source_id', 'ordinal'])
    .modifyEnd(isPostgres ? sql`` : sql`without rowid`)
    .execute();
  await db.schema.alterTable('library_sources').addColumn('embedded', 'text').execute();
  await db.schema.alterTable('library_sources').addColumn('embedding_until_ms', 'double precision').execute();
}
