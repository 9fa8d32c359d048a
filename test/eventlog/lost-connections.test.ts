import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open-database.ts';
import { compiled } from '../../src/db/query.ts';
import { rowsOf, type Steps } from '../../src/db/steps.ts';
import { freshPostgresUrl, hasPostgres } from '../support/databases.ts';
import { type CommitFate, startPostgresProxy } from '../support/postgres-proxy.ts';
import { makeRoom, openLog, post, wholeLog } from '../support/test-log.ts';

const fates = fc.array(fc.constantFrom<CommitFate>('pass', 'lose answer', 'lose'), {
  minLength: 1,
  maxLength: 6,
});

describe.skipIf(!hasPostgres)('PostgreSQL that goes away', () => {
  async function setUp() {
    const proxy = await startPostgresProxy(await freshPostgresUrl());
    const db = await openDatabase(proxy.url);
    const eventLog = openLog(db);
    return {
      proxy,
      db,
      eventLog,
      roomId: await makeRoom(eventLog),
      [Symbol.asyncDispose]: async () => {
        await db.close();
        await proxy[Symbol.asyncDispose]();
      },
    };
  }

  test('[EL12] wherever a connection is lost, what was asked for is written once and told once', async () => {
    await using server = await setUp();
    const { proxy, eventLog, roomId } = server;
    const expected = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fates, fc.integer({ min: 1, max: 5 }), async (coming, writers) => {
        proxy.commits(...coming);
        const texts = Array.from({ length: writers }, (_, n) => `text ${expected.size + n}`);
        const results = await Promise.all(texts.map((text) => eventLog.handle(post(roomId, text))));
        for (const text of texts) expected.add(text);
        const log = await wholeLog(eventLog, roomId);
        expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
        const posted = log.filter(({ kind }) => kind === 'message.posted');
        expect(posted.map(({ data }) => (data as { text: string }).text).sort()).toEqual(
          [...expected].sort(),
        );
        for (const { seq } of results) expect(log.some((event) => event.seq === seq)).toBe(true);
        expect((await eventLog.stateOf(roomId)).seq).toBe(log.length);
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  test('[EL12] one that was refused within a commit does not speak for those that went through', async () => {
    await using server = await setUp();
    const { proxy, db } = server;
    const add = (id: string) =>
      compiled(db.sql.insertInto('users').values({ id, name: id, created_at: 'now' }));
    const isThere = function* (id: string): Steps<boolean> {
      const rows = yield* rowsOf(compiled(db.sql.selectFrom('users').select('id').where('id', '=', id)));
      return rows.length > 0;
    };
    proxy.commits('lose answer');
    const refused = db.transact(
      'lane',
      function* () {
        yield add('refused');
        throw new Error('refused');
      },
      () => isThere('refused'),
    );
    const kept = db.transact(
      'lane',
      function* () {
        // Written a second time it would break the rule that ids are unique.
        yield add('kept');
        return 'kept';
      },
      () => isThere('kept'),
    );
    await expect(refused).rejects.toThrow('refused');
    expect(await kept).toBe('kept');
  });

  test('[EL12] what could not be told while it was away is told to who asks again with the same id', async () => {
    await using server = await setUp();
    const { proxy, eventLog, roomId } = server;
    const request = { ...post(roomId, 'Once'), commandId: 'first' };
    // The commit arrives, and then nothing does for longer than anybody waits.
    proxy.commits('last');
    await expect(eventLog.handle(request)).rejects.toMatchObject({ code: 'unavailable' });
    await proxy.up();
    const [again, later] = [await eventLog.handle(request), await eventLog.handle(post(roomId, 'Twice'))];
    const log = await wholeLog(eventLog, roomId);
    const posted = log.filter(({ kind }) => kind === 'message.posted');
    expect(posted.map(({ data }) => (data as { text: string }).text)).toEqual(['Once', 'Twice']);
    // The seq of the last event that each wrote: the message, and the turn it queued if it did.
    expect([again.seq, later.seq]).toEqual([(posted[1]?.seq ?? 0) - 1, log.length]);
  }, 20_000);
});
