import type { Kysely } from 'kysely';

/**
 * One row a call of a model, whatever came of it. What is unknown is null: who asked, where nobody did; the room of a call
 * outside of rooms; the first token of a call that gave none.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('usage_calls')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('room_id', 'text')
    .addColumn('user_id', 'text')
    .addColumn('bot_id', 'text')
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('tier', 'text', (column) => column.notNull())
    .addColumn('search_tier', 'text')
    .addColumn('prompt_tokens', 'integer', (column) => column.notNull())
    .addColumn('completion_tokens', 'integer', (column) => column.notNull())
    .addColumn('estimated', 'integer', (column) => column.notNull())
    .addColumn('first_token_ms', 'integer')
    .addColumn('total_ms', 'integer', (column) => column.notNull())
    .addColumn('fallback', 'integer', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('error_kind', 'text')
    .execute();
  await db.schema.createIndex('usage_calls_by_room').on('usage_calls').columns(['room_id', 'at']).execute();
}
