import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { compiled } from '../db/query.ts';
import type { Steps } from '../db/steps.ts';
import type { Tables } from '../db/tables.ts';
import type { NewId } from '../lib/ids.ts';
import type { Log } from '../lib/log.ts';
import { dayOf, subjectsOf } from './subjects.ts';
import type { LedgerCall, UsageCall, UsageSum } from './usage-call.ts';
import { callOfRow, rowOfCall, sumColumns, sumOfRow } from './usage-rows.ts';

/** Where calls of models are written down. */
export type CallSink = {
  /** Writes it down before long; never throws, and nobody waits for it. */
  record(call: UsageCall): void;
};

/** A stretch of a room's calls: those since a time, in ISO 8601. */
export type Stretch = { roomId: string; since: string };

/** What a room's calls took, as reports want it. Sums come with the largest first, days in their order. */
export type UsageReports = {
  totals(of: Stretch): Promise<UsageSum>;
  byModel(of: Stretch): Promise<(UsageSum & { model: string })[]>;
  /** `userId` is null for what nobody asked for. */
  byUser(of: Stretch): Promise<(UsageSum & { userId: string | null })[]>;
  byPurpose(of: Stretch): Promise<(UsageSum & { purpose: string })[]>;
  /** Days of UTC, such as `2026-01-31`. */
  byDay(of: Stretch): Promise<(UsageSum & { day: string })[]>;
  /** The latest calls, the newest first. */
  calls(of: Stretch, limit: number): Promise<LedgerCall[]>;
  /** Tokens that were taken of each of these counters on a day of UTC, as budgets count them; see `subjects.ts`. */
  spentOn(day: string, subjects: readonly string[]): Promise<ReadonlyMap<string, number>>;
};

export type UsageLedger = CallSink &
  UsageReports & {
    /** Resolves when all that was recorded, or was paid by a reservation, is written down, or was given up and logged. */
    settled(reservation?: string): Promise<void>;
  };

type Deps = { db: Database; newId: NewId; log: Log };

/**
 * The ledger of what calls of models took. It is written behind the calls: a database that is slow or away delays and breaks
 * none of them.
 */
export function createUsageLedger({ db, newId, log }: Deps): UsageLedger {
  /** What is being written, and the reservation that pays it. */
  const pending = new Map<Promise<void>, string | undefined>();
  /** One after the other: a burst of calls must not take every connection from the rooms' logs. */
  let latest = Promise.resolve();

  /** The call and the counters it is taken from change together. */
  function* enter(row: Tables['usage_calls'], reservation: string | undefined): Steps<void> {
    yield compiled(db.sql.insertInto('usage_calls').values(row));
    const tokens = row.prompt_tokens + row.completion_tokens;
    for (const subject of subjectsOf({ roomId: row.room_id, userId: row.user_id }))
      yield compiled(
        db.sql
          .insertInto('usage_days')
          .values({ subject, day: dayOf(row.at), tokens })
          .onConflict((conflict) =>
            conflict.columns(['subject', 'day']).doUpdateSet((eb) => ({
              tokens: eb('usage_days.tokens', '+', eb.ref('excluded.tokens')),
            })),
          ),
      );
    if (reservation === undefined) return;
    yield compiled(
      db.sql
        .updateTable('usage_reservations')
        .set({ tokens: sql`case when tokens > ${tokens} then tokens - ${tokens} else 0 end` })
        .where('id', '=', reservation),
    );
  }

  async function write(row: Tables['usage_calls'], reservation: string | undefined): Promise<void> {
    // A lane of its own: a transaction that locked the counters of several calls could lock itself against another.
    const once = () => db.transact(row.id, () => enter(row, reservation));
    try {
      // What fails in passing, such as a connection that was lost, mostly succeeds right after.
      await once().catch(once);
    } catch (reason) {
      log.error({ err: reason, call: row }, 'the usage of a call could not be written down');
    }
  }

  const within = ({ roomId, since }: Stretch) =>
    db.sql.selectFrom('usage_calls').where('room_id', '=', roomId).where('at', '>=', since);

  async function sumsBy(of: Stretch, key: RawBuilder<string | null>) {
    const query = within(of)
      .select([key.as('key'), ...sumColumns])
      .groupBy(key);
    return (await db.run(compiled(query)))
      .map((row) => ({ key: row.key, sum: sumOfRow(row) }))
      .sort((a, b) => tokensOf(b.sum) - tokensOf(a.sum) || (a.key ?? '').localeCompare(b.key ?? ''));
  }

  return {
    record(call) {
      const { reservation } = call;
      const row = rowOfCall(newId(), call);
      const written = latest.then(() => write(row, reservation)).finally(() => pending.delete(written));
      latest = written;
      pending.set(written, reservation);
    },
    async settled(reservation) {
      const awaited = () =>
        [...pending]
          .filter(([, by]) => reservation === undefined || by === reservation)
          .map(([write]) => write);
      for (let writes = awaited(); writes.length > 0; writes = awaited()) await Promise.all(writes);
    },

    async totals(of) {
      const [row] = await db.run(compiled(within(of).select(sumColumns)));
      return sumOfRow(row);
    },
    byModel: async (of) =>
      (await sumsBy(of, sql`model`)).map(({ key, sum }) => ({ model: key ?? '', ...sum })),
    byUser: async (of) => (await sumsBy(of, sql`user_id`)).map(({ key, sum }) => ({ userId: key, ...sum })),
    byPurpose: async (of) =>
      (await sumsBy(of, sql`purpose`)).map(({ key, sum }) => ({ purpose: key ?? '', ...sum })),
    byDay: async (of) =>
      (await sumsBy(of, sql`substr(at, 1, 10)`))
        .map(({ key, sum }) => ({ day: key ?? '', ...sum }))
        .sort((a, b) => (a.day < b.day ? -1 : 1)),
    async calls(of, limit) {
      const query = within(of).selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(limit);
      return (await db.run(compiled(query))).map(callOfRow);
    },
    async spentOn(day, subjects) {
      if (subjects.length === 0) return new Map();
      const query = db.sql
        .selectFrom('usage_days')
        .select(['subject', 'tokens'])
        .where('day', '=', day)
        .where('subject', 'in', [...subjects]);
      return new Map((await db.run(compiled(query))).map((row) => [row.subject, row.tokens]));
    },
  };
}

const tokensOf = ({ promptTokens, completionTokens }: UsageSum) => promptTokens + completionTokens;
