import { afterEach, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { randomId } from '../../src/lib/ids.ts';
import type { UsageCall } from '../../src/usage/usage-call.ts';
import { createUsageLedger } from '../../src/usage/usage-ledger.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { createRecordedLog } from '../support/silent-log.ts';

const call: UsageCall = {
  at: '2026-01-02T10:00:00.000Z',
  roomId: 'room',
  userId: 'ann',
  botId: 'ada',
  purpose: 'reply',
  model: 'large',
  tier: 'primary',
  searchTier: null,
  promptTokens: 100,
  completionTokens: 20,
  estimated: false,
  firstTokenMs: 12,
  totalMs: 340,
  fallback: false,
  outcome: 'completed',
  errorKind: null,
};

const open: Database[] = [];
afterEach(async () => {
  for (const db of open.splice(0)) await db.close();
});

function ledgerOn(db: Database) {
  const log = createRecordedLog();
  return { ledger: createUsageLedger({ db, newId: randomId, log }), log };
}

describeOnEachDatabase('the usage ledger', (openUrl) => {
  async function openLedger() {
    const db = await openDatabase(await openUrl());
    open.push(db);
    return ledgerOn(db).ledger;
  }

  test('[US1] tells a call as it was recorded, whatever of it is unknown', async () => {
    const ledger = await openLedger();
    const failed: UsageCall = {
      ...call,
      at: '2026-01-02T11:00:00.000Z',
      userId: null,
      botId: null,
      tier: 'fallback',
      searchTier: 'words',
      estimated: true,
      firstTokenMs: null,
      fallback: true,
      outcome: 'failed',
      errorKind: 'timeout',
    };
    ledger.record(call);
    ledger.record(failed);
    await ledger.settled();
    const told = await ledger.calls({ roomId: 'room', since: '2026-01-01' }, 10);
    expect(told).toEqual([
      { id: expect.any(String), ...failed },
      { id: expect.any(String), ...call },
    ]);
    expect(await ledger.calls({ roomId: 'room', since: '2026-01-01' }, 1)).toHaveLength(1);
  });

  test('[US5] sums exactly, by model, person, purpose and day, from a day on and for one room', async () => {
    const ledger = await openLedger();
    const more: Partial<UsageCall>[] = [
      {},
      { model: 'small', purpose: 'addressee', promptTokens: 7, completionTokens: 1, estimated: true },
      { at: '2026-01-03T00:00:00.000Z', userId: 'bea', outcome: 'failed', errorKind: 'server' },
      { at: '2026-01-03T09:00:00.000Z', userId: null, promptTokens: 1, completionTokens: 0 },
      { at: '2025-12-31T23:59:59.999Z' },
      { roomId: 'another' },
      { roomId: null },
    ];
    for (const fields of more) ledger.record({ ...call, ...fields });
    await ledger.settled();
    const of = { roomId: 'room', since: '2026-01-01T00:00:00.000Z' };
    const sum = { calls: 1, failed: 0, estimated: 0, promptTokens: 100, completionTokens: 20 };
    const [quick, failed] = [
      { ...sum, estimated: 1, promptTokens: 7, completionTokens: 1 },
      { ...sum, failed: 1 },
    ];
    const own = { ...sum, promptTokens: 1, completionTokens: 0 };
    expect(await ledger.totals(of)).toEqual({
      calls: 4,
      failed: 1,
      estimated: 1,
      promptTokens: 208,
      completionTokens: 41,
    });
    expect(await ledger.byModel(of)).toEqual([
      { model: 'large', calls: 3, failed: 1, estimated: 0, promptTokens: 201, completionTokens: 40 },
      { model: 'small', ...quick },
    ]);
    expect(await ledger.byUser(of)).toEqual([
      { userId: 'ann', calls: 2, failed: 0, estimated: 1, promptTokens: 107, completionTokens: 21 },
      { userId: 'bea', ...failed },
      { userId: null, ...own },
    ]);
    expect((await ledger.byPurpose(of)).map(({ purpose, calls }) => [purpose, calls])).toEqual([
      ['reply', 3],
      ['addressee', 1],
    ]);
    expect((await ledger.byDay(of)).map(({ day, promptTokens }) => [day, promptTokens])).toEqual([
      ['2026-01-02', 107],
      ['2026-01-03', 101],
    ]);
  });

  test('[US5] sums of a room without calls are nothing', async () => {
    const ledger = await openLedger();
    const of = { roomId: 'empty', since: '2026-01-01' };
    expect(await ledger.totals(of)).toEqual({
      calls: 0,
      failed: 0,
      estimated: 0,
      promptTokens: 0,
      completionTokens: 0,
    });
    expect([await ledger.byUser(of), await ledger.calls(of, 5)]).toEqual([[], []]);
  });

  test('[US1] whatever numbers an endpoint reports, the call is written down', async () => {
    const ledger = await openLedger();
    ledger.record({ ...call, promptTokens: 1.5, completionTokens: 1e300 });
    ledger.record({ ...call, promptTokens: -7, completionTokens: 0 });
    await ledger.settled();
    const of = { roomId: 'room', since: '2026-01-01' };
    expect(await ledger.totals(of)).toMatchObject({
      calls: 2,
      promptTokens: 2,
      completionTokens: 1_000_000_000,
    });
  });

  test('[US2] a write that fails is tried again, then logged, and nobody hears of it', async () => {
    const db = await openDatabase(await openUrl());
    open.push(db);
    let failures = 1;
    const moody: Database = {
      ...db,
      transact: (lane, steps) => {
        failures -= 1;
        return failures >= 0 ? Promise.reject(new Error('away')) : db.transact(lane, steps);
      },
    };
    const { ledger, log } = ledgerOn(moody);
    ledger.record(call);
    await ledger.settled();
    const of = { roomId: 'room', since: '2026-01-01' };
    expect((await ledger.totals(of)).calls).toBe(1);
    failures = 2;
    ledger.record(call);
    await ledger.settled();
    expect((await ledger.totals(of)).calls).toBe(1);
    expect(log.lines).toMatchObject([{ level: 'error', fields: { call: { prompt_tokens: 100 } } }]);
  });
});
