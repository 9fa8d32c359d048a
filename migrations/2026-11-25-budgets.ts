import { type Kysely, PostgresAdapter, sql } from 'kysely';

/**
 * What rooms and people took by day of UTC, and what is set aside for calls that run. A subject is a room, a person, or a person
 * in a room. What was set aside lapses by the database's clock, should its process die.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const clustered = isPostgres ? sql`` : sql`without rowid`;
  await db.schema
    .createTable('usage_days')
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('tokens', 'double precision', (column) => column.notNull())
    .addPrimaryKeyConstraint('usage_days_key', ['subject', 'day'])
    .modifyEnd(clustered)
    .execute();
  await db.schema
    .createTable('usage_reservations')
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('tokens', 'double precision', (column) => column.notNull())
    .addColumn('expires_ms', 'double precision', (column) => column.notNull())
    .addPrimaryKeyConstraint('usage_reservations_key', ['subject', 'day', 'id'])
    .modifyEnd(clustered)
    .execute();
  await db.schema.createIndex('usage_reservations_by_id').on('usage_reservations').column('id').execute();
}
