import { type Kysely, PostgresAdapter, sql } from 'kysely';

/**
 * The results of commands stand in the order of the commands' ids, which begin with the time as clients make them: those that are
 * written together, in whatever rooms, stand together, and share the pages that a commit writes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    await sql`alter table command_results drop constraint command_results_key,
      add constraint command_results_key primary key (command_id, room_id, actor_id)`.execute(db);
    return;
  }
  await sql`alter table command_results rename to command_results_before`.execute(db);
  await db.schema
    .createTable('command_results')
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('actor_id', 'text', (column) => column.notNull())
    .addColumn('command_id', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('result', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('command_results_key', ['command_id', 'room_id', 'actor_id'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await sql`insert into command_results (room_id, actor_id, command_id, digest, result, at)
    select room_id, actor_id, command_id, digest, result, at from command_results_before`.execute(db);
  await db.schema.dropTable('command_results_before').execute();
  await db.schema.createIndex('command_results_by_age').on('command_results').column('at').execute();
}
