import type { RawBuilder } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Query } from '../db/query.ts';

/** SQL that Kysely has no words for. */
export function raw<Row>(db: Database, builder: RawBuilder<Row>): Query<Row> {
  const { sql, parameters } = builder.compile(db.sql);
  return { sql, parameters };
}
