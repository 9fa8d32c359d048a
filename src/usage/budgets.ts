import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { lapsed } from '../db/lapsed.ts';
import { compiled } from '../db/query.ts';
import { rowsOf, type Steps } from '../db/steps.ts';
import type { Clock } from '../lib/clock.ts';
import type { NewId } from '../lib/ids.ts';
import type { Log } from '../lib/log.ts';
import { estimateUsage } from '../llm/estimate-usage.ts';
import type { ChatRequest } from '../llm/language-model.ts';
import {
  budgetSetAside,
  budgetSpent,
  type Limit,
  limitsOn,
  type RoomBudget,
  type ServerBudget,
} from './budget-limits.ts';
import { dayOf, isExtra } from './subjects.ts';
import type { UsageLedger } from './usage-ledger.ts';

/** Tokens that a reply is taken to need, where its request does not bound it. */
const usualReply = 1_000;

/**
 * Milliseconds after which tokens that were set aside are free again, whoever holds them: longer than two endpoints may take
 * for a reply.
 */
const lapse = 25 * 60_000;

/** Tokens that are set aside for a call. */
export type Reservation = {
  id: string;
  /** Frees what the call did not take, once what it took is written down. */
  release(): void;
};

export type Budgets = {
  /**
   * Sets tokens aside for a call: its prompt and the most its reply may take. Undefined where no budget applies; throws
   * `rate_limited`, in words for the room, where one is spent.
   */
  reserve(request: ChatRequest): Promise<Reservation | undefined>;
  /** Resolves when all that was to be freed is free. */
  settled(): Promise<void>;
};

type Wish = { limits: readonly Limit[]; day: string; tokens: number; spareFor: string | undefined };

/** A limit that has no room, what of it is not paid for, and what of that is not set aside; a passing one has room once it is. */
type Refusal = { limit: Limit; unspent: number; left: number; isPassing: boolean };

type Deps = {
  db: Database;
  ledger: Pick<UsageLedger, 'settled'>;
  clock: Clock;
  newId: NewId;
  log: Log;
  server: ServerBudget;
  /** The budget that a room's settings give it and whoever asks. */
  budgetOf(roomId: string, userId: string | undefined): Promise<RoomBudget>;
};

/**
 * Budgets of tokens a day. What is spent and what is set aside stand in the database, and a call is let through under a lock on
 * the counters it is taken from: turns that run at once, in whatever process, do not set aside more than there is.
 */
export function createBudgets({ db, ledger, clock, newId, log, server, budgetOf }: Deps): Budgets {
  const freeing = new Set<Promise<void>>();

  /** What a counter stands at, which nobody else changes until this transaction ends. */
  function* spentUnderLock(subject: string, day: string): Steps<number> {
    const [row] = yield* rowsOf(
      compiled(
        db.sql
          .insertInto('usage_days')
          .values({ subject, day, tokens: 0 })
          .onConflict((conflict) =>
            conflict
              .columns(['subject', 'day'])
              .doUpdateSet((eb) => ({ tokens: eb.ref('usage_days.tokens') })),
          )
          .returning('tokens'),
      ),
    );
    return row?.tokens ?? 0;
  }

  /** What is set aside on a counter; asked after the lock, so that it is the newest. */
  function* setAside(subject: string, day: string): Steps<number> {
    yield compiled(
      db.sql
        .deleteFrom('usage_reservations')
        .where('subject', '=', subject)
        .where(lapsed(db, 'expires_ms', lapse)),
    );
    const [row] = yield* rowsOf(
      compiled(
        db.sql
          .selectFrom('usage_reservations')
          .select(sql<number>`coalesce(sum(tokens), 0)`.as('tokens'))
          .where('subject', '=', subject)
          .where('day', '=', day),
      ),
    );
    return row?.tokens ?? 0;
  }

  /** Tokens that the room's next reply may want: as many as its latest. */
  function* ofAReply(roomId: string): Steps<number> {
    const [row] = yield* rowsOf(
      compiled(
        db.sql
          .selectFrom('usage_calls')
          .select('prompt_tokens')
          .where('room_id', '=', roomId)
          .where('purpose', '=', 'reply')
          .orderBy('at', 'desc')
          .limit(1),
      ),
    );
    return usualReply + (row?.prompt_tokens ?? 0);
  }

  /** Sets tokens aside under all limits, or says which has no room for them and for a reply in `spareFor`. */
  function* take(id: string, { limits, day, tokens, spareFor }: Wish): Steps<Refusal | undefined> {
    const wanted = tokens + (spareFor === undefined ? 0 : yield* ofAReply(spareFor));
    let held: Refusal | undefined;
    for (const limit of limits) {
      const unspent = limit.tokens - (yield* spentUnderLock(limit.subject, day));
      const left = unspent - (yield* setAside(limit.subject, day));
      if (wanted > unspent) return { limit, unspent, left, isPassing: false };
      if (wanted > left) held ??= { limit, unspent, left, isPassing: true };
    }
    if (held !== undefined) return held;
    for (const subject of new Set(limits.map((limit) => limit.subject)))
      yield compiled(
        db.sql
          .insertInto('usage_reservations')
          .values(({ eb }) => ({ id, subject, day, tokens, expires_ms: eb(db.now, '+', lapse) })),
      );
    return undefined;
  }

  function free(id: string): void {
    const freed = ledger
      .settled(id)
      .then(() =>
        db.transact(id, function* () {
          yield compiled(db.sql.deleteFrom('usage_reservations').where('id', '=', id));
        }),
      )
      .catch((reason: unknown) => {
        log.warn({ err: reason }, 'tokens that were set aside stay so until they lapse');
      })
      .finally(() => freeing.delete(freed));
    freeing.add(freed);
  }

  return {
    async reserve({ meter, messages, maxTokens }) {
      if (meter === undefined) return undefined;
      const { roomId, userId } = meter;
      const own = roomId === undefined ? {} : await budgetOf(roomId, userId);
      const limits = limitsOn(meter, server, own);
      if (limits.length === 0) return undefined;
      const id = newId();
      const now = clock.now();
      const tokens = estimateUsage(messages, 0).promptTokens + (maxTokens ?? usualReply);
      // A lane of its own: a transaction that locked the counters of several calls could lock itself against another.
      const wish = {
        limits,
        day: dayOf(now.toISOString()),
        tokens,
        spareFor: isExtra(meter) ? roomId : undefined,
      };
      const refused = await db.transact(id, () => take(id, wish));
      if (refused !== undefined) {
        const { limit, unspent, left, isPassing } = refused;
        throw isPassing ? budgetSetAside(limit, unspent, left) : budgetSpent(limit, left, tokens, now);
      }
      return { id, release: () => free(id) };
    },
    async settled() {
      while (freeing.size > 0) await Promise.all(freeing);
    },
  };
}
