import { type Kysely, PostgresAdapter, sql } from 'kysely';

/**
 * The first tables. Times are ISO 8601 text, but for `*_ms`, which the database's own clock writes; JSON is text; flags
 * are 0 or 1: so one mapping of rows serves SQLite and PostgreSQL.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  /** SQLite keeps these rows in the order of their key, which makes reading a stretch of a log one seek. */
  const clustered = isPostgres ? sql`` : sql`without rowid`;

  await db.schema
    .createTable('users')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('sessions')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('label', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text')
    .execute();

  await db.schema
    .createTable('rooms')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('head', 'integer', (column) => column.notNull())
    .addColumn('head_mark', 'text', (column) => column.notNull())
    .addColumn('epoch', 'text', (column) => column.notNull())
    .addColumn('open_turns', 'integer', (column) => column.notNull())
    .addColumn('turn_epoch', 'integer', (column) => column.notNull())
    .addColumn('turn_holder', 'text')
    .addColumn('turn_expires_ms', 'double precision')
    .addColumn('turn_stop', 'text')
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .execute();
  await sql`create index rooms_with_open_turns on rooms (id) where open_turns > 0`.execute(db);

  await db.schema
    .createTable('events')
    .addColumn('room_id', 'text', (column) => column.notNull().references('rooms.id'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('actor_type', 'text', (column) => column.notNull())
    .addColumn('actor_id', 'text', (column) => column.notNull())
    .addColumn('turn_id', 'text')
    .addColumn('cause', 'text')
    .addColumn('data', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('events_key', ['room_id', 'seq'])
    .modifyEnd(clustered)
    .execute();

  await db.schema
    .createTable('command_results')
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('actor_id', 'text', (column) => column.notNull())
    .addColumn('command_id', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('result', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('command_results_key', ['room_id', 'command_id', 'actor_id'])
    .modifyEnd(clustered)
    .execute();

  await db.schema
    .createTable('snapshots')
    .addColumn('room_id', 'text', (column) => column.primaryKey())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('members')
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('members_key', ['room_id', 'user_id'])
    .modifyEnd(clustered)
    .execute();
  await db.schema.createIndex('members_by_user').on('members').column('user_id').execute();

  // The timeline: one row an id that ever stood on it, in its place (`place` orders, `slot` names it), with what it
  // follows from, and the event by which it left, if it did.
  await db.schema
    .createTable('messages')
    .addColumn('room_id', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('slot', 'text', (column) => column.notNull())
    .addColumn('cause', 'text')
    .addColumn('left_by', 'integer')
    .addColumn('data', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('messages_key', ['room_id', 'message_id'])
    .modifyEnd(clustered)
    .execute();
  await db.schema.createIndex('messages_by_place').on('messages').columns(['room_id', 'place']).execute();
  await sql`create index messages_by_cause on messages (room_id, cause) where cause is not null`.execute(db);

  // What a running reply had come to when it was last written down, for whoever succeeds a holder that died.
  await db.schema
    .createTable('checkpoints')
    .addColumn('room_id', 'text', (column) => column.primaryKey())
    .addColumn('turn_id', 'text', (column) => column.notNull())
    .addColumn('message', 'text', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('invites')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('room_id', 'text', (column) => column.notNull().references('rooms.id'))
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text')
    .addColumn('max_uses', 'integer')
    .addColumn('uses', 'integer', (column) => column.notNull())
    .addColumn('revoked', 'integer', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('invites_by_room').on('invites').column('room_id').execute();

  await db.schema
    .createTable('bots')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('owner_id', 'text', (column) => column.notNull().references('users.id'))
    .addColumn('profile', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('bots_by_owner').on('bots').column('owner_id').execute();
}
