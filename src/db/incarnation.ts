import { randomId } from '../lib/ids.ts';
import type { Database } from './database.ts';
import { compiled, type Query } from './query.ts';
import { rowsOf, type Steps } from './steps.ts';

/** The row of `meta` that says what the database was when it was last opened. */
const key = 'identity';

/**
 * To be called once at opening. A database that is another than it was then (`identity`), or that lacks what it once had
 * (`written`, of which at least `witnessed` is known), was put back from somewhere: the logs of its rooms go on from an
 * earlier place, under numbers that tabs have seen with other events. All rooms get a new epoch, by which every tab
 * takes its room anew. Whether it was so.
 */
export async function renewIncarnation(
  db: Database,
  identity: string,
  witnessed: () => number = () => 0,
): Promise<boolean> {
  const meta = db.sql.insertInto('meta').values({ key, value: '' });
  const begin = compiled(meta.onConflict((conflict) => conflict.doNothing()));
  // Writing is what locks: of processes that open at once the second sees what the first made of it.
  const lock = compiled(
    db.sql
      .updateTable('meta')
      .set((eb) => ({ value: eb.ref('value') }))
      .where('key', '=', key)
      .returning('value'),
  );
  return db.transact('incarnation', function* () {
    yield begin;
    const [before] = yield* rowsOf(lock);
    const isSame = before?.value === identity && (yield* written(db)) >= witnessed();
    if (isSame) return false;
    yield compiled(db.sql.updateTable('rooms').set({ epoch: randomId() }));
    yield compiled(db.sql.updateTable('meta').set({ value: identity }).where('key', '=', key));
    return true;
  });
}

/** How many events there are in all rooms together: it grows with every append, whatever the clocks say. */
export function* written(db: Database): Steps<number> {
  const [row] = yield* rowsOf(
    compiled(db.sql.selectFrom('rooms').select((eb) => eb.fn.sum('head').as('events'))),
  );
  return Number(row?.events ?? 0);
}

/**
 * What tells one PostgreSQL database, and one course of its history, from another: restoring to a point in time and taking
 * over from a replica raise the timeline, copies have another id, and tables that are restored anew are other tables.
 */
export async function identityOfPostgres(db: Database): Promise<string> {
  const [own] = await db.run(
    raw<{ id: string }>(
      `select (select oid from pg_database where datname = current_database()) || '.' || 'rooms'::regclass::oid as id`,
    ),
  );
  const [server] = await db
    .run(
      raw<{ id: string }>(
        'select (select system_identifier from pg_control_system()) || $q$.$q$ || (select timeline_id from pg_control_checkpoint()) as id',
      ),
    )
    .catch(withoutPrivilege);
  return [server?.id ?? '', own?.id ?? ''].join('.');
}

const raw = <Row>(sql: string): Query<Row> => ({ sql, parameters: [] });

/** Some hosts do not let their customers ask; then the database's own id must do. */
function withoutPrivilege(reason: unknown): never[] {
  const code = reason instanceof Error && 'code' in reason ? reason.code : undefined;
  if (code === '42501' || code === '42883') return [];
  throw reason;
}
