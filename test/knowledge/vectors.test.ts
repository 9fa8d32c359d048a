import { afterEach, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open-database.ts';
import { compiled } from '../../src/db/query.ts';
import type { Embedder } from '../../src/knowledge/vectors/embedder.ts';
import { openVectors } from '../../src/knowledge/vectors/open-vectors.ts';
import { createVectorCache } from '../../src/knowledge/vectors/vector-cache.ts';
import { createVectorStore } from '../../src/knowledge/vectors/vector-store.ts';
import { KibitzError } from '../../src/lib/errors.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createRecordedLog } from '../support/silent-log.ts';
import { testLibrary } from '../support/test-library.ts';
import { until } from '../support/until.ts';
import { wordVector } from '../support/word-vectors.ts';

const health =
  '# Health\n\nThe physician sees people at nine.\n\n## Fire\n\nLeave by the stairs when it burns.';
const travel = '# Travel\n\nAn automobile waits at the gate.\n\n## Meals\n\nSoup is served at noon.';

type Answer = (texts: readonly string[]) => Promise<Float32Array[]>;
const unit = (text: string, size = 64) => {
  const vector = wordVector(text).slice(0, size);
  const length = Math.hypot(...vector) || 1;
  return Float32Array.from(vector, (number) => number / length);
};
const understood: Answer = async (texts) => texts.map((text) => unit(text));
const outOfOrder: Answer = async () => {
  throw new KibitzError('unavailable', 'The model endpoint has a problem on its side.');
};

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanUps.splice(0)) await clean();
});

async function setUp(openUrl: () => Promise<string>) {
  const url = await openUrl();
  const db = await openDatabase(url);
  cleanUps.push(() => db.close());
  const clock = createManualClock();
  const log = createRecordedLog();
  const asked: { texts: readonly string[]; patience: string; userId?: string | undefined }[] = [];
  /** A process that has this model. */
  const open = (model: string, first: Answer) => {
    const answers = { now: first };
    const embedder: Embedder = {
      model,
      embed: async ({ texts, patience, userId }) => {
        asked.push({ texts, patience, userId });
        return answers.now(texts);
      },
    };
    const vectors = openVectors(db, embedder, clock, log);
    cleanUps.unshift(() => vectors.keeper.close());
    return { ...vectors, answers, library: testLibrary(db, vectors.findNear) };
  };
  const rows = async () =>
    db.run(compiled(db.sql.selectFrom('library_vectors').select(['source_id', 'ordinal', 'model'])));
  return { db, clock, log, asked, open, rows };
}

const made = async ({ keeper }: Pick<ReturnType<typeof openVectors>, 'keeper'>) => {
  await keeper.look();
  await keeper.settled();
};

describeOnEachDatabase('a library with vectors', (openUrl) => {
  test('[LB15] what means the same in other words is found beside what has the words', async () => {
    const { open, asked } = await setUp(openUrl);
    const here = open('m', understood);
    await here.library.put('room', 'health', health);
    await here.library.put('room', 'travel', travel);
    const before = await here.library.search('room', 'doctor');
    expect(before).toEqual({ tier: 'none', passages: [] });
    expect(asked).toEqual([]);
    await made(here);
    const found = await here.library.search('room', 'doctor people', 10, 'ann');
    expect(found).toMatchObject({ tier: 'any', passages: [{ heading: 'Health' }] });
    expect(asked.at(-1)).toEqual({ texts: ['doctor people'], patience: 'once', userId: 'ann' });
    expect(await here.library.search('room', 'doctor')).toMatchObject({
      tier: 'meaning',
      passages: [{ sourceId: 'health', chunkId: 'health-0', summary: expect.stringContaining('physician') }],
    });
    expect(await here.library.search('room', 'xylophone')).toEqual({ tier: 'none', passages: [] });
    expect((await here.library.search('elsewhere', 'doctor')).passages).toEqual([]);
    // The tier is that of the words where there are some.
    expect(await here.library.search('room', 'soup is served')).toMatchObject({
      tier: 'phrase',
      passages: [{ heading: 'Meals' }],
    });
  });

  test('[LB16] without a model, with one that fails, and with one that is slow, it is searched by words alone', async () => {
    const { open, db, clock, log } = await setUp(openUrl);
    const here = open('m', understood);
    const plain = testLibrary(db);
    await here.library.put('room', 'health', health);
    await here.library.put('room', 'travel', travel);
    await made(here);
    const questions = ['stairs', 'soup at noon', 'phisician', 'nothing of it', 'the gate at nine'];
    here.answers.now = outOfOrder;
    for (const question of questions)
      expect(await here.library.search('room', question)).toEqual(await plain.search('room', question));
    expect(log.lines.at(-1)?.message).toContain('by words alone');
    here.answers.now = () => new Promise(() => {});
    const slow = here.library.search('room', 'stairs');
    await until('the question to be asked', () => clock.pending === 1);
    clock.advance(2_000);
    expect(await slow).toEqual(await plain.search('room', 'stairs'));
    here.answers.now = async () => [Float32Array.from([1, 0])];
    expect(await here.library.search('room', 'stairs')).toEqual(await plain.search('room', 'stairs'));
  });

  test('[LB17] what fails is made up for later, and what was made is not made again', async () => {
    const { open, asked, clock, rows } = await setUp(openUrl);
    const here = open('m', outOfOrder);
    await here.library.put('room', 'health', health);
    here.keeper.soon({ roomId: 'room', sourceId: 'health', userId: 'ann' });
    await here.keeper.settled();
    expect(asked).toMatchObject([{ patience: 'again', userId: 'ann' }]);
    expect(await rows()).toEqual([]);
    here.answers.now = understood;
    clock.advance(60_000);
    await until('the vectors', async () => (await rows()).length === 2);
    await here.keeper.settled();
    await made(here);
    expect(asked).toHaveLength(2);
    expect(asked[1]?.texts[0]).toBe('health — Health\nThe physician sees people at nine.');
    await here.library.drop('room', 'health');
    expect(await rows()).toEqual([]);
  });

  test('[SV2] a source that was taken before the database’s clock was set back or began anew is free', async () => {
    const { db } = await setUp(openUrl);
    await testLibrary(db).put('room', 'health', health);
    const [key, store] = [{ roomId: 'room', sourceId: 'health' }, createVectorStore(db, 'm')];
    expect([await store.claim(key), await store.claim(key)]).toEqual([true, false]);
    await db.run(
      compiled(
        db.sql
          .updateTable('library_sources')
          .set((eb) => ({ embedding_until_ms: eb('embedding_until_ms', '+', 3_600_000) })),
      ),
    );
    expect([await store.claim(key), await store.claim(key)]).toEqual([true, false]);
  });

  test('[LB17] of several processes one makes them; another model makes its own', async () => {
    const { open, asked, rows } = await setUp(openUrl);
    const [here, there] = [open('m', understood), open('m', understood)];
    await here.library.put('room', 'health', health);
    await Promise.all([made(here), made(there)]);
    expect(asked).toHaveLength(1);
    const other = open('other', async (texts) => texts.map((text) => unit(text, 32)));
    expect(await other.library.search('room', 'doctor')).toEqual({ tier: 'none', passages: [] });
    await made(other);
    expect((await rows()).map(({ model }) => model)).toEqual(['other', 'other']);
    expect(await other.library.search('room', 'doctor')).toMatchObject({ tier: 'meaning' });
  });
});

test('[LB17] vectors are kept in memory up to a bound, the last used of them', () => {
  const cache = createVectorCache(100);
  const vectors = (sourceId: string, numbers: number) => ({
    sourceId,
    ordinals: Int32Array.from([0]),
    size: numbers,
    numbers: new Float32Array(numbers),
  });
  for (const id of ['a', 'b']) cache.keep(id, vectors(id, 10));
  cache.find('a');
  cache.keep('c', vectors('c', 10));
  cache.keep('large', vectors('large', 26));
  expect(['a', 'b', 'c', 'large'].filter((id) => cache.find(id) !== undefined)).toEqual(['a', 'c']);
  expect(cache.bytes).toBe(80);
});
