import { type Kysely, PostgresAdapter, sql } from 'kysely';

/**
 * What left the timeline by which event, and who was ever there. And for SQLite, how far the keys narrow down in a room of some
 * age: it does not gather that by itself, and without it prefers a table's own order, by which it reads all that there is of
 * the room. These are round numbers on purpose, so that plans are the same everywhere: https://sqlite.org/lang_analyze.html
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index messages_by_leaving on messages (room_id, left_by) where left_by is not null`.execute(
    db,
  );
  await sql`create index events_of_names on events (room_id, seq)
    where kind in ('member.joined', 'member.changed', 'bot.joined')`.execute(db);
  if (db.getExecutor().adapter instanceof PostgresAdapter) return;
  // Makes the table of statistics; of the smallest table, since it would read all of a large one.
  await sql`analyze meta`.execute(db);
  await sql`delete from sqlite_stat1`.execute(db);
  // Rows in all, then how many share the first column of the key, the first two, and so on. A table’s own name is its primary key.
  for (const [table, index, stat] of [
    ['messages', 'messages', '1000000 1000 1'],
    ['messages', 'messages_by_place', '1000000 1000 1 1'],
    ['messages', 'messages_by_cause', '400000 400 1'],
    ['messages', 'messages_by_leaving', '100000 100 2'],
    ['events', 'events', '3000000 3000 1'],
    ['events', 'events_of_names', '20000 20 1'],
    ['consequences', 'consequences', '1000000 1000 3 1'],
    ['consequences', 'consequences_by_pair', '1000000 1000 50 20'],
    ['library_words', 'library_words', '10000000 10000 5 1'],
    ['library_words', 'library_words_by_source', '10000000 10000 1000'],
  ]) {
    await sql`insert into sqlite_stat1 (tbl, idx, stat) values (${table}, ${index}, ${stat})`.execute(db);
  }
  // Has this connection take them in; others do when they open.
  await sql`analyze sqlite_schema`.execute(db);
}
