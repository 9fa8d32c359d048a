import type { Kysely } from 'kysely';

/** The card a bot was imported from, in JSON: beside the profile, so that lists and turns do not read it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('bots').addColumn('card', 'text').execute();
}
