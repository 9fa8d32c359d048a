import { type Kysely, PostgresAdapter, sql } from 'kysely';

/**
 * What follows from messages: memories (`from_id` is the witness), changes of relationships, facts, tasks and answers (`from_id`
 * is the fact or the task). A row holds as long as the message it follows from (`cause`) stands on the timeline.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  await db.schema
    .createTable('consequences')
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('cause', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('from_id', 'text', (column) => column.notNull())
    .addColumn('to_id', 'text')
    .addColumn('affinity', 'integer')
    .addColumn('trust', 'integer')
    .addColumn('data', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('consequences_key', ['room_id', 'cause', 'id'])
    .modifyEnd(isPostgres ? sql`` : sql`without rowid`)
    .execute();
  await db.schema
    .createIndex('consequences_by_pair')
    .on('consequences')
    .columns(['room_id', 'from_id', 'to_id'])
    .execute();
}
