import { afterEach, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { compiled } from '../../src/db/query.ts';
import { isKnown } from '../../src/domain/event.ts';
import { createTurnLock } from '../../src/eventlog/turn-lock.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { randomId } from '../../src/lib/ids.ts';
import type { LanguageModel, StreamPart } from '../../src/llm/language-model.ts';
import { defaultLeaseTiming } from '../../src/turns/hold-lease.ts';
import { createTurnRunner } from '../../src/turns/turn-runner.ts';
import { budgetSpent } from '../../src/usage/budget-limits.ts';
import { createBudgetedModel } from '../../src/usage/budgeted-model.ts';
import { createMeteredModel } from '../../src/usage/metered-model.ts';
import { budgetsOn } from '../support/budget-room.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { createGate, type Gate } from '../support/scripted-endpoint.ts';
import { createRecordedLog } from '../support/silent-log.ts';
import { bot, makeRoom, openLog, post, wholeLog } from '../support/test-log.ts';
import { cast, scripted, turnRoom } from '../support/turn-room.ts';
import { until } from '../support/until.ts';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanUps.splice(0).reverse()) await clean();
});

/** Says what it took, once the gate lets it. */
function gatedModel(gate: Gate, started: { count: number }): LanguageModel {
  return {
    name: 'gated',
    async *stream(): AsyncGenerator<StreamPart> {
      started.count += 1;
      await gate.pass();
      yield { type: 'text', text: 'Yes.' };
      const usage = { promptTokens: 31, completionTokens: 11, estimated: false };
      yield { type: 'end', finish: 'stop', usage, model: 'gated', fallback: false };
    },
    structured: async ({ fallback }) => ({
      value: fallback,
      source: 'default',
      usage: { promptTokens: 0, completionTokens: 0, estimated: false },
    }),
  };
}

/** One server process: its turns run within the server's budget for a person. */
async function startProcess(url: string, perUser: number, gate: Gate, started: { count: number }) {
  const db = await openDatabase(url);
  const eventLog = openLog(db);
  const { ledger, budgets, settled } = budgetsOn(db, {
    server: { perUser },
    budgetOf: async () => ({ name: 'Ann' }),
  });
  const model = createBudgetedModel(
    createMeteredModel(gatedModel(gate, started), ledger, systemClock),
    budgets,
  );
  const runner = createTurnRunner({
    parts: {
      eventLog,
      model,
      live: { stage() {}, begin() {}, sources() {}, add() {}, restart() {}, end() {}, leave() {} },
      log: createRecordedLog(),
      newId: randomId,
      clock: systemClock,
      budget: { soft: 1_000, hard: 2_000 },
      findPassages: async () => ({ tier: 'none', passages: [] }),
      findBot: async () => bot,
    },
    lock: createTurnLock(db),
    clock: systemClock,
    log: createRecordedLog(),
    timing: defaultLeaseTiming,
    holder: randomId(),
    others: { wake() {}, stop() {} },
  });
  runner.start();
  cleanUps.push(async () => {
    await runner.drain(0);
    await settled();
    await db.close();
  });
  return { db, eventLog, ledger, settled };
}

const endsOf = async (process: Awaited<ReturnType<typeof startProcess>>, roomId: string) =>
  (await wholeLog(process.eventLog, roomId)).flatMap((event) =>
    isKnown(event) && event.kind === 'turn.ended' ? [event.data] : [],
  );

describeOnEachDatabase('budgets of turns', (openUrl) => {
  test('[US7] [US17] of four turns at once on a budget for three, three run and one is refused in plain words', async () => {
    const url = await openUrl();
    const [gate, started] = [createGate(), { count: 0 }];
    // A prompt of these rooms is estimated at well under 300 tokens, and a reply at 1,000.
    const processes = [
      await startProcess(url, 3 * 1_300, gate, started),
      await startProcess(url, 3 * 1_300, gate, started),
    ];
    const rooms = await Promise.all(
      [0, 1, 0, 1].map(async (index) => {
        const process = processes[index];
        if (process === undefined) throw new Error('no process');
        return { process, roomId: await makeRoom(process.eventLog) };
      }),
    );
    await Promise.all(rooms.map(({ process, roomId }) => process.eventLog.handle(post(roomId, 'Shall we?'))));
    const ends = async () =>
      (await Promise.all(rooms.map(({ process, roomId }) => endsOf(process, roomId)))).flat();
    await until(
      'three to run and one to be refused',
      async () => started.count === 3 && (await ends()).length === 1,
    );
    expect(await ends()).toEqual([
      {
        outcome: 'failed',
        error: expect.stringMatching(
          /^Ann’s budget on this server, 3,900 tokens a day, has 3,900 left today, but 3,\d\d\d of that is set aside for answers that are being written right now; try again in a moment\.$/,
        ),
      },
    ]);
    gate.open();
    await until('all turns to end', async () => (await ends()).length === 4);
    for (const { settled } of processes) await settled();
    expect((await ends()).map(({ outcome }) => outcome).toSorted()).toEqual([
      'completed',
      'completed',
      'completed',
      'failed',
    ]);
    const totals = await Promise.all(
      rooms.map(({ process, roomId }) => process.ledger.totals({ roomId, since: '2000-01-01' })),
    );
    const sum = (of: (one: (typeof totals)[number]) => number) =>
      totals.reduce((all, one) => all + of(one), 0);
    expect([sum(({ calls }) => calls), sum(({ promptTokens }) => promptTokens)]).toEqual([3, 93]);
    expect(await counterOf(processes[0]?.db, 'user:ann')).toBe(126);
    expect(started.count).toBe(3);
  });
});

async function counterOf(db: Database | undefined, subject: string): Promise<number | undefined> {
  const query = db?.sql.selectFrom('usage_days').select('tokens').where('subject', '=', subject);
  return query && (await db?.run(compiled(query)))?.[0]?.tokens;
}

test('[US9] a turn whose small calls are left out still has its reply', async () => {
  const { model, asked } = scripted();
  const refusing: LanguageModel = createBudgetedModel(model, {
    reserve: async ({ meter }) => {
      if (meter?.purpose === 'reply') return undefined;
      const limit = { subject: 'room:1', tokens: 1, whose: 'This room’s budget', changedBy: 'nobody' };
      throw budgetSpent(limit, 0, 1, new Date());
    },
    settled: async () => {},
  });
  const room = await turnRoom(refusing, ['Ada', 'Bob', 'Cleo'], cast);
  await room.update({ relationships: true, interjections: 1 });
  await room.say('Well, what do you all think of it?');
  expect(await room.texts()).toEqual(['Well, what do you all think of it?', 'Ada 1']);
  expect(asked).toEqual([]);
  const { unfinished } = await room.log.stateOf(room.roomId);
  expect(unfinished).toEqual([]);
});
