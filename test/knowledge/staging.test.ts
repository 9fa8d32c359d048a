import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { compiled } from '../../src/db/query.ts';
import { keepSwept } from '../../src/knowledge/keep-swept.ts';
import { indexed } from '../../src/knowledge/read-file.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createRecordedLog } from '../support/silent-log.ts';
import { type TestLibrary, testLibrary } from '../support/test-library.ts';
import { until } from '../support/until.ts';

const source = (sourceId: string, chunks: number) => ({
  sourceId,
  title: 'Gulls',
  author: 'Ada',
  format: 'md' as const,
  chunks,
  bytes: 1,
  addedAt: '2026-01-01T00:00:00.000Z',
});
const passages = (count: number) =>
  Array.from({ length: count }, (_, ordinal) =>
    indexed({
      ordinal,
      heading: `Ledge ${ordinal}`,
      anchor: '',
      text: `A gull nests here, ring${ordinal}x.`,
    }),
  );

describeOnEachDatabase('a large source', (openUrl) => {
  let db: Database;
  let library: TestLibrary;
  beforeAll(async () => {
    db = await openDatabase(await openUrl());
    library = testLibrary(db);
  });
  afterAll(() => db.close());

  const tables = ['library_sources', 'library_chunks', 'library_words', 'library_unpublished'] as const;
  const rowsIn = async (roomId: string) => {
    const counts = await Promise.all(
      tables.map((table) =>
        db.run(compiled(db.sql.selectFrom(table).select('source_id').where('room_id', '=', roomId))),
      ),
    );
    return counts.map((rows) => rows.length);
  };
  const found = async (roomId: string, question: string) => {
    const { tier, passages } = await library.search(roomId, question);
    return [tier, passages[0]?.chunkId];
  };

  test('[LB19] is found whole or not at all, and others have their turn while it is written', async () => {
    await library.put('room', 'other', '# Ledge\n\nA tern nests here.');
    const before = await library.search('room', 'Who nests on the ledge?');
    let turns = 0;
    let isWriting = true;
    const others = (async () => {
      while (isWriting) {
        expect(await library.search('room', 'Who nests on the ledge?')).toEqual(before);
        expect(await library.search('room', 'ring1199x')).toEqual({ tier: 'none', passages: [] });
        expect(await library.passage('room', 'gulls-0')).toBeUndefined();
        turns += 1;
        await new Promise(setImmediate);
      }
    })();
    const staged = await library.stage('room', source('gulls', 1_200), passages(1_200));
    isWriting = false;
    await others;
    expect(turns).toBeGreaterThan(4);
    expect(await library.list('room')).toHaveLength(1);
    expect(await library.search('room', 'Who nests on the ledge?')).toEqual(before);
    await db.transact('room', staged.publish);
    expect(await found('room', 'ring1199x')).toEqual(['phrase', 'gulls-1199']);
    expect(await library.list('room')).toMatchObject([{ sourceId: 'gulls' }, { sourceId: 'other' }]);
  });

  test('[LB19] one whose writer ended leaves nothing to be found, and its rows go', async () => {
    const staged = await library.stage('crash', source('gulls', 120), passages(120));
    expect(await found('crash', 'gull')).toEqual(['none', undefined]);
    await library.sweep();
    expect((await rowsIn('crash'))[1]).toBe(120);
    // Its time is up.
    await db.transact('crash', function* () {
      yield compiled(
        db.sql.updateTable('library_unpublished').set({ expires_ms: 1 }).where('room_id', '=', 'crash'),
      );
    });
    const clock = createManualClock();
    const log = createRecordedLog();
    const keeper = keepSwept(library, clock, log);
    await until('the rows to go', async () => (await rowsIn('crash')).every((count) => count === 0));
    await expect(db.transact('crash', staged.publish)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await rowsIn('crash')).toEqual([0, 0, 0, 0]);
    // It looks again, also after it failed.
    await until('the next look to be set', () => clock.pending === 1);
    await keeper.close();
    expect([clock.pending, log.lines]).toEqual([0, []]);
    let looks = 0;
    const sweep = async () => {
      looks += 1;
      throw new Error('the disk is full');
    };
    const failing = keepSwept({ sweep }, clock, log);
    await until('the next look to be set', () => clock.pending === 1);
    clock.advance(5 * 60_000);
    await until('another look', () => looks === 2);
    await failing.close();
    expect(log.lines).toHaveLength(2);
  });

  test('[SV2] one whose writer ended before the database’s clock was set back or began anew goes as well', async () => {
    const staged = await library.stage('reboot', source('gulls', 120), passages(120));
    await db.transact('reboot', function* () {
      yield compiled(
        db.sql
          .updateTable('library_unpublished')
          .set((eb) => ({ expires_ms: eb('expires_ms', '+', 3_600_000) }))
          .where('room_id', '=', 'reboot'),
      );
    });
    await expect(db.transact('reboot', staged.publish)).rejects.toMatchObject({ code: 'unavailable' });
    await library.sweep();
    expect(await rowsIn('reboot')).toEqual([0, 0, 0, 0]);
    const again = await library.stage('reboot', source('gulls', 1), passages(1));
    await db.transact('reboot', again.publish);
    expect(await found('reboot', 'gull')).toEqual(['phrase', 'gulls-0']);
  });

  test('[LB19] one that is refused after all is taken away, and a removed one is gone before its rows are', async () => {
    const staged = await library.stage('away', source('gulls', 120), passages(120));
    await expect(library.stage('away', source('gulls', 1), passages(1))).rejects.toMatchObject({
      code: 'conflict',
    });
    await staged.drop();
    expect(await rowsIn('away')).toEqual([0, 0, 0, 0]);
    const again = await library.stage('away', source('gulls', 120), passages(120));
    await db.transact('away', again.publish);
    await db.transact('away', () => library.remove('away', 'gulls'));
    expect((await rowsIn('away'))[1]).toBe(120);
    expect(await found('away', 'gull')).toEqual(['none', undefined]);
    await Promise.all([library.sweep(), library.sweep()]);
    expect(await rowsIn('away')).toEqual([0, 0, 0, 0]);
  });

  test('[LB20] a copy in another room is found by the same words, and stays when the first one goes', async () => {
    await library.putChunks('from', 'gulls', passages(120), { title: 'Gulls', author: 'Ada' });
    const copied = await library.copy(
      'from',
      'to',
      new Map([
        ['gulls', 'copy'],
        ['gone', 'none'],
      ]),
    );
    expect([...copied.sourceIds]).toEqual(['gulls']);
    expect(await found('to', 'ring99x')).toEqual(['none', undefined]);
    await db.transact('to', copied.publish);
    const texts = async (roomId: string) => {
      const { tier, passages } = await library.search(roomId, 'the gull with ring77x');
      return [tier, ...passages.map(({ text, heading, author, score }) => [text, heading, author, score])];
    };
    expect(await texts('to')).toEqual(await texts('from'));
    await library.drop('from', 'gulls');
    expect(await found('to', 'ring99x')).toEqual(['phrase', 'copy-99']);
    expect(await rowsIn('from')).toEqual([0, 0, 0, 0]);
  });
});
