import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from './database.ts';

/**
 * Whether a time has passed by the database's clock. One that lies further ahead than anybody sets it (`longest`, in milliseconds)
 * is from before that clock was set back or started anew, and has passed as well; or what a process left behind when it
 * died would be kept for hours.
 */
export function lapsed(
  db: Database,
  column: 'turn_expires_ms' | 'expires_ms' | 'embedding_until_ms',
  longest: number,
): RawBuilder<SqlBool> {
  const at = sql.ref(column);
  return sql<SqlBool>`(${at} < ${db.now} or ${at} > ${db.now} + ${sql.lit(longest)})`;
}
