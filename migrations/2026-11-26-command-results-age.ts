import type { Kysely } from 'kysely';

/** Since when the result of a command has been kept, so that old ones can go. Those there were begin to age now. */
export async function up(db: Kysely<{ command_results: { at: string } }>): Promise<void> {
  await db.schema
    .alterTable('command_results')
    .addColumn('at', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await db.updateTable('command_results').set({ at: new Date().toISOString() }).execute();
  await db.schema.createIndex('command_results_by_age').on('command_results').column('at').execute();
}
