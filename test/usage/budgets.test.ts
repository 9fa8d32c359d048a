import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { compiled } from '../../src/db/query.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { ChatRequest, LanguageModel } from '../../src/llm/language-model.ts';
import { createBudgetedModel } from '../../src/usage/budgeted-model.ts';
import type { Reservation } from '../../src/usage/budgets.ts';
import { createMeteredModel } from '../../src/usage/metered-model.ts';
import { ask, drain, end, fakeModel, never, text } from '../llm/fakes.ts';
import { budgetsOn } from '../support/budget-room.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { withMovableClock } from '../support/turn-cluster.ts';

const opened: Database[] = [];
afterEach(async () => {
  for (const db of opened.splice(0)) await db.close();
});

async function open(url: string): Promise<Database> {
  const db = await openDatabase(url);
  opened.push(db);
  return db;
}

/** A call that is taken to need exactly 1,000 tokens of prompt and reply. */
const request = (purpose = 'reply', fields: { roomId?: string; userId?: string } = {}): ChatRequest => ({
  ...ask('x'.repeat(400)),
  maxTokens: 900,
  meter: { purpose, roomId: 'room', userId: 'ann', ...fields },
});

describeOnEachDatabase('budgets', (openUrl) => {
  test('[US6] without a budget nothing is set aside', async () => {
    const { budgets } = budgetsOn(await open(await openUrl()), {});
    expect(await budgets.reserve(request())).toBeUndefined();
  });

  test('[US7] calls that come at once, in two processes, do not set aside more than there is', async () => {
    const url = await openUrl();
    const processes = [await open(url), await open(url)].map((db) =>
      budgetsOn(db, { server: { perUser: 3_500 }, budgetOf: async () => ({ name: 'Ann' }) }),
    );
    const asked = Array.from({ length: 12 }, (_, index) =>
      processes[index % 2]?.budgets.reserve(request('reply', { roomId: `room${index}` })),
    );
    const results = await Promise.allSettled(asked);
    const held = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(held).toHaveLength(3);
    for (const one of held) one?.release();
    for (const { settled } of processes) await settled();
    expect(await processes[0]?.budgets.reserve(request())).toBeDefined();
  });

  test('[US7] what a process that died had set aside lapses', async () => {
    const { db, advance } = await withMovableClock(await open(await openUrl()));
    const { budgets } = budgetsOn(db, { server: { perRoom: 1_500 } });
    await budgets.reserve(request());
    await expect(budgets.reserve(request())).rejects.toThrow('is set aside');
    await advance(25 * 60_000 + 1);
    expect(await budgets.reserve(request())).toBeDefined();
  });

  test('[US8] a refusal says whose budget it is, what is left, when it starts over and who can raise it', async () => {
    const db = await open(await openUrl());
    const own = { room: 99_000, person: 99_000, name: 'Ann' };
    const clock = createManualClock(new Date('2026-01-02T22:00:00Z'));
    const refusal = async (given: Parameters<typeof budgetsOn>[1]) => {
      const { budgets } = budgetsOn(db, { clock, budgetOf: async () => own, ...given });
      return budgets.reserve(request()).then(
        () => 'let through',
        (error: Error) => error.message,
      );
    };
    expect(await refusal({ budgetOf: async () => ({ ...own, person: 999 }) })).toBe(
      'Ann’s budget in this room, 999 tokens a day, has 999 left today, and this may take 1,000. It starts over at 00:00 UTC; a moderator can raise it in the room’s settings.',
    );
    expect(await refusal({ budgetOf: async () => ({ room: 10 }) })).toMatch(
      /^This room’s budget, 10 tokens a day, .* a moderator can raise it in the room’s settings\.$/,
    );
    expect(await refusal({ server: { perRoom: 10 } })).toMatch(
      /^This room’s budget on this server, .* whoever runs this server can raise it \(DAILY_TOKENS_PER_ROOM\)\.$/,
    );
    expect(await refusal({ server: { perUser: 10 } })).toMatch(
      /^Ann’s budget on this server, .*DAILY_TOKENS_PER_USER/,
    );
    const { budgets } = budgetsOn(db, { clock, server: { perUser: 10 } });
    await expect(budgets.reserve(request())).rejects.toMatchObject({
      code: 'rate_limited',
      details: { retryAfter: 7_200 },
    });
  });

  test('[US17] what is only set aside for answers under way is not called used up, and frees soon', async () => {
    const db = await open(await openUrl());
    const own = { person: 3_500, name: 'Ann' };
    const { budgets, settled } = budgetsOn(db, { server: { perUser: 4_000 }, budgetOf: async () => own });
    const asked = await Promise.allSettled([1, 2, 3, 4].map(() => budgets.reserve(request())));
    const held = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(held).toHaveLength(3);
    expect(asked.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))).toMatchObject([
      {
        code: 'rate_limited',
        message:
          'Ann’s budget in this room, 3,500 tokens a day, has 3,500 left today, but 3,000 of that is set aside for answers that are being written right now; try again in a moment.',
        details: { retryAfter: 10 },
      },
    ]);
    // A limit that trying again does not help with is told first.
    const small = budgetsOn(db, { server: { perUser: 999 }, budgetOf: async () => own });
    await expect(small.budgets.reserve(request())).rejects.toThrow('is used up for today');
    for (const one of held) one?.release();
    await settled();
    expect(await budgets.reserve(request())).toBeDefined();
  });

  test('[US7] a call pays what it took and frees the rest; the next day begins anew', async () => {
    const db = await open(await openUrl());
    const clock = createManualClock(new Date('2026-01-02T12:00:00Z'));
    const { ledger, budgets, settled } = budgetsOn(db, { clock, server: { perRoom: 1_010 } });
    const model = createBudgetedModel(
      createMeteredModel(fakeModel('one', [text('Hi'), end()]), ledger, clock),
      budgets,
    );
    const run = async () => (await drain(model.stream(request(), never()))).error;
    expect(await run()).toBeUndefined();
    await settled();
    const counters = () => db.run(compiled(db.sql.selectFrom('usage_days').selectAll().orderBy('subject')));
    const counted = { day: '2026-01-02', tokens: 12 };
    expect(await counters()).toEqual([
      { subject: 'member:room:ann', ...counted },
      { subject: 'room:room', ...counted },
      { subject: 'user:ann', ...counted },
    ]);
    expect(await db.run(compiled(db.sql.selectFrom('usage_reservations').selectAll()))).toEqual([]);
    expect(String(await run())).toContain('998 left');
    clock.advance(12 * 3_600_000);
    expect(await run()).toBeUndefined();
  });

  test('[US9] a small call leaves a reply what the latest one took, or is left out without a word', async () => {
    const db = await open(await openUrl());
    const { ledger, budgets, settled } = budgetsOn(db, { server: { perRoom: 2_500 } });
    let asked = 0;
    const inner: LanguageModel = fakeModel('one', [text('Hi'), end()], async ({ fallback }) => {
      asked += 1;
      return {
        value: fallback,
        source: 'model',
        usage: { promptTokens: 1, completionTokens: 1, estimated: false },
      };
    });
    const model = createBudgetedModel(createMeteredModel(inner, ledger, systemClock), budgets);
    const settle = (purpose: string) =>
      model.structured(
        { ...request(purpose), task: purpose, schema: z.number(), deadline: 1_000, fallback: 0 },
        never(),
      );
    expect((await settle('addressee')).source).toBe('model');
    await settled();
    const others = await budgets.reserve({ ...request(), maxTokens: 500 });
    expect(await settle('addressee')).toMatchObject({ value: 0, source: 'default' });
    expect(asked).toBe(1);
    expect((await drain(model.stream(request(), never()))).error).toBeUndefined();
    (others as Reservation).release();
    await settled();
    const spent = await budgets.reserve({ ...request(), maxTokens: 2_300 });
    await expect(settle('brief')).rejects.toMatchObject({ code: 'rate_limited' });
    spent?.release();
    await settled();
  });
});
