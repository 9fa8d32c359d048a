import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open-database.ts';
import type { EventLog } from '../../src/eventlog/event-log.ts';
import { createTurnLock } from '../../src/eventlog/turn-lock.ts';
import { randomId } from '../../src/lib/ids.ts';
import { defaultLeaseTiming } from '../../src/turns/hold-lease.ts';
import { createTurnRunner } from '../../src/turns/turn-runner.ts';
import { freshSqliteUrl } from '../support/databases.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createRecordedLog } from '../support/silent-log.ts';
import { bot, makeRoom, openLog, post } from '../support/test-log.ts';
import { scripted } from '../support/turn-room.ts';
import { until } from '../support/until.ts';

test('[TL3] a lease that is lost while the queue is read begins no turn', async () => {
  const db = await openDatabase(await freshSqliteUrl());
  const plain = openLog(db);
  const roomId = await makeRoom(plain);
  await plain.handle(post(roomId, 'Hi'));
  const answered = Promise.withResolvers<void>();
  let questions = 0;
  const eventLog: EventLog = {
    ...plain,
    newestStateOf: async (id) => {
      questions += 1;
      // The first asks for a turn that a dead holder left.
      if (questions === 2) await answered.promise;
      return plain.newestStateOf(id);
    },
  };
  const { model, spoken } = scripted();
  const [clock, log] = [createManualClock(), createRecordedLog()];
  const runner = createTurnRunner({
    parts: {
      ...{ eventLog, model, newId: randomId, clock, log, budget: { soft: 1_000, hard: 2_000 } },
      live: { stage() {}, begin() {}, sources() {}, add() {}, restart() {}, end() {}, leave() {} },
      findPassages: async () => ({ tier: 'none', passages: [] }),
      findBot: async () => bot,
    },
    // The database answers nobody who asks to hold on.
    lock: { ...createTurnLock(db), renew: () => new Promise(() => {}) },
    ...{ clock, log, timing: defaultLeaseTiming, holder: 'one', others: { wake() {}, stop() {} } },
  });
  runner.wake(roomId);
  await until('the queue to be asked for', () => questions === 2);
  clock.advance(defaultLeaseTiming.duration);
  answered.resolve();
  await runner.drain(0);
  expect(spoken).toEqual([]);
  expect((await plain.newestStateOf(roomId)).turns).toMatchObject([{ status: 'queued' }]);
  await db.close();
});
