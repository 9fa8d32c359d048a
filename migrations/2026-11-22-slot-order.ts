import { type Kysely, PostgresAdapter, sql } from 'kysely';

/** Messages that share a place stand in the order of their slots, in the order of the codes of their characters. */
export async function up(db: Kysely<unknown>): Promise<void> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    await sql`alter table messages alter column slot type text collate "C"`.execute(db);
  }
  await db.schema.dropIndex('messages_by_place').execute();
  await db.schema
    .createIndex('messages_by_place')
    .on('messages')
    .columns(['room_id', 'place', 'slot'])
    .execute();
}
