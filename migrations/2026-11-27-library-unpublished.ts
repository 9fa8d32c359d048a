import { type Kysely, PostgresAdapter, sql } from 'kysely';

/**
 * Sources that are being written or taken away, some rows at a time: none of their rows is found. Past `expires_ms`, by the database's
 * clock, whoever was at it is gone, and the rows are anybody's to take away.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  await db.schema
    .createTable('library_unpublished')
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('source_id', 'text', (column) => column.notNull())
    .addColumn('expires_ms', 'double precision', (column) => column.notNull())
    .addPrimaryKeyConstraint('library_unpublished_key', ['room_id', 'source_id'])
    .modifyEnd(isPostgres ? sql`` : sql`without rowid`)
    .execute();
}
