import { afterEach, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { compiled } from '../../src/db/query.ts';
import { createEventLog } from '../../src/eventlog/event-log.ts';
import { keptFor, lookEvery, pruneResults } from '../../src/eventlog/prune-results.ts';
import { randomId } from '../../src/lib/ids.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createRecordedLog } from '../support/silent-log.ts';
import { makeRoom, post } from '../support/test-log.ts';
import { until } from '../support/until.ts';

const opened: Database[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.close()));
});

describeOnEachDatabase('the results of commands', (openUrl) => {
  async function setUp() {
    const db = await openDatabase(await openUrl());
    opened.push(db);
    const [clock, log] = [createManualClock(), createRecordedLog()];
    const eventLog = createEventLog({ db, clock, newId: randomId, log });
    const roomId = await makeRoom(eventLog);
    const kept = async () => {
      const query = db.sql.selectFrom('command_results').select('command_id').orderBy('command_id');
      return (await db.run(compiled(query))).map(({ command_id }) => command_id);
    };
    return { db, clock, log, eventLog, roomId, kept };
  }

  test('[EL11] are kept for seven days, so long a command may be sent again, and then go', async () => {
    const { db, clock, log, eventLog, roomId, kept } = await setUp();
    const keeper = pruneResults({ db, clock, log });
    const first = await eventLog.handle(post(roomId, 'one', { commandId: 'a' }));
    clock.advance(lookEvery / 2);
    await eventLog.handle(post(roomId, 'two', { commandId: 'b' }));
    for (let passed = 0; passed < keptFor - lookEvery; passed += lookEvery) {
      await until('the next look to be set', () => clock.pending > 0);
      clock.advance(lookEvery);
    }
    await until('the next look to be set', () => clock.pending > 0);
    expect(await kept()).toEqual(['a', 'b']);
    expect(await eventLog.handle(post(roomId, 'one', { commandId: 'a' }))).toEqual(first);
    clock.advance(lookEvery);
    await until('the first to go', async () => (await kept()).length === 1);
    expect(await kept()).toEqual(['b']);
    await keeper.close();
    expect(clock.pending).toBe(0);
  });

  test('[EL11] go a few at once, until none is left that is old', async () => {
    const { db, clock, log, eventLog, roomId, kept } = await setUp();
    await eventLog.handle(post(roomId, 'one', { commandId: 'new' }));
    const rows = Array.from({ length: 1_200 }, (_, n) => ({
      ...{ room_id: roomId, actor_id: 'ann', command_id: `old${n}`, digest: '', result: '{}' },
      at: '2025-01-01T00:00:00.000Z',
    }));
    for (let at = 0; at < rows.length; at += 100) {
      await db.run(compiled(db.sql.insertInto('command_results').values(rows.slice(at, at + 100))));
    }
    const keeper = pruneResults({ db, clock, log });
    clock.advance(lookEvery);
    await until('the first batch to have gone', () => clock.pending > 0);
    expect(await kept()).toHaveLength(701);
    clock.advance(1_000);
    await until('the second batch to have gone', () => clock.pending > 0);
    expect(await kept()).toHaveLength(201);
    clock.advance(1_000);
    await until('the rest to go', async () => (await kept()).length === 1);
    expect(await kept()).toEqual(['new']);
    await keeper.close();
  });
});
