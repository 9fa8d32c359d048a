import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { compiled } from '../../src/db/query.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { runs } from '../support/runs.ts';
import { type TestLibrary, testLibrary } from '../support/test-library.ts';

const lighthouse = `# The lighthouse

Built in 1871 on the cliff above the harbour. The tower has 142 steps.

## The lamp

The keeper lights the lamp at dusk. It burns whale oil, and its beam reaches eighteen miles.

## The fog horn

In fog the horn sounds every thirty seconds. It is driven by compressed air.

## Keeping the light

Trim the wick twice a night. Clean the lens with vinegar every week, and write the hours into the log book.

## Storms

In a storm the shutters are closed. The lamp is lit early, and nobody climbs the tower.
`;
const bakery = `# The bakery

Bread is baked at four in the morning.

## Sourdough

Feed the starter with rye flour every evening. A dough of 72% hydration rests for twelve hours.

## Opening hours

The shop opens at seven. Call createOrder() of the Cafe\u0301 API to order ahead.

## \u706f\u5854

\u706f\u5854\u306e\u5149\u306f\u9060\u304f\u307e\u3067\u5c4a\u304f\u3002
`;

describeOnEachDatabase('a library', (openUrl) => {
  let db: Database;
  let library: TestLibrary;
  beforeAll(async () => {
    db = await openDatabase(await openUrl());
    library = testLibrary(db);
    await library.put('room', 'lighthouse', lighthouse, {
      title: 'Lights',
      author: 'Ada',
      category: 'Coast',
    });
    await library.put('room', 'bakery', bakery);
    await library.put('Room', 'other', '# Secret\n\nThe keeper lights the lamp at dawn.');
  });
  afterAll(() => db.close());

  const found = async (query: string, limit?: number) => {
    const { tier, passages } = await library.search('room', query, limit);
    return [tier, ...passages.map(({ heading }) => heading)];
  };

  test.each([
    ['as it was said', 'lights the lamp at dusk', ['phrase', 'The lamp']],
    ['a question around a phrase', 'What is the fog horn?', ['phrase', 'The fog horn']],
    ['by one word', 'vinegar', ['phrase', 'Keeping the light']],
    ['by another form of the word', 'cleaned wicks', ['all', 'Keeping the light']],
    ['all words, in any order', 'lens vinegar week', ['all', 'Keeping the light']],
    ['some of the words', 'sourdough spaceship', ['any', 'Sourdough']],
    ['the beginning of a word', 'vineg', ['all', 'Keeping the light']],
    ['a word mistyped', 'vinegra', ['fuzzy', 'Keeping the light']],
    ['a long word with two mistakes', 'comprezed airr', ['fuzzy', 'The fog horn']],
    ['a number', '1871', ['phrase', 'The lighthouse']],
    ['a number in a word', '72% hydration', ['phrase', 'Sourdough']],
    ['a name of code', 'createOrder', ['phrase', 'Opening hours']],
    ['a part of a name of code', 'order', ['phrase', 'Opening hours']],
    ['without accents', 'cafe api', ['phrase', 'Opening hours']],
    ['with accents in another form', 'CAF\u00c9 API', ['phrase', 'Opening hours']],
    ['in Japanese', '\u706f\u5854\u306e\u5149', ['phrase', '\u706f\u5854']],
  ])('[LB7] finds %s: %s', async (_, query, [tier, first]) => {
    expect((await found(query)).slice(0, 2)).toEqual([tier, first]);
  });

  test('[LB8] what is headed so comes first', async () => {
    expect(await found('lamp')).toEqual(['phrase', 'The lamp', 'Storms']);
    expect((await found('storms and the lamp'))[1]).toBe('Storms');
    expect((await found('hours'))[1]).toBe('Opening hours');
  });

  test('[LB14] of passages alike, those of the source that is named come first', async () => {
    const oiling = (what: string) =>
      `# Care\n\nOil the hinge of the ${what} every spring, and look at the seal for cracks.`;
    await library.put('titled', 'a', oiling('door'), { title: 'Boiler manual' });
    await library.put('titled', 'b', oiling('gate'), { title: 'Freezer manual' });
    for (const [question, first] of [
      ['oil the hinge, boiler', 'a'],
      ['oil the hinge, freezer', 'b'],
      ['What of the seal in the freezer manual?', 'b'],
    ] as const) {
      const { tier, passages } = await library.search('titled', question);
      expect([tier, passages[0]?.sourceId]).toEqual(['all', first]);
    }
  });

  test('[LB7] a result says what it is and where it is from', async () => {
    const { passages } = await library.search('room', 'How far does the beam reach?');
    expect(passages[0]).toEqual({
      sourceId: 'lighthouse',
      chunkId: 'lighthouse-1',
      ordinal: 1,
      title: 'Lights',
      heading: 'The lamp',
      anchor: 'the-lamp',
      author: 'Ada',
      category: 'Coast',
      text: 'The keeper lights the lamp at dusk. It burns whale oil, and its beam reaches eighteen miles.',
      summary: 'It burns whale oil, and its beam reaches eighteen miles.',
      score: expect.any(Number),
    });
  });

  test('[LB9] a room finds its own passages alone', async () => {
    expect(await found('dawn secret')).toEqual(['none']);
    expect((await library.search('Room', 'lamp')).passages).toMatchObject([{ sourceId: 'other' }]);
    expect(await library.search('nowhere', 'lamp')).toEqual({ tier: 'none', passages: [] });
    expect(await library.passage('Room', 'lighthouse-1')).toBeUndefined();
  });

  test('[LB8] at most 10, as many as asked for, and none that says the same again', async () => {
    const part = (n: number) =>
      `## Part ${n}\n\nGulls nest on ledge ${n} of ${'abcdefghijklmnopqrst'[n]}${'xyz'.repeat(n)}.\n`;
    await library.put('many', 'gulls', Array.from({ length: 20 }, (_, n) => part(n)).join('\n'));
    expect((await library.search('many', 'gulls')).passages).toHaveLength(10);
    expect((await library.search('many', 'gulls', 3)).passages).toHaveLength(3);
    expect((await library.search('many', 'gulls', 99)).passages).toHaveLength(10);
    for (const id of ['one', 'two', 'three']) await library.put('twice', id, lighthouse);
    const { passages } = await library.search('twice', 'fog horn');
    expect(passages.map(({ heading }) => heading)).toEqual(['The fog horn']);
  });

  test.each([
    '',
    ' ',
    '"',
    "'",
    "it's",
    'AND OR NOT',
    'lamp AND (',
    'heading_words:lamp',
    'lamp*',
    '^lamp',
    'NEAR(lamp dusk)',
    '-lamp',
    '{a b} : c',
    "lamp'; drop table library_chunks; --",
    'a & b | !c <-> d:*',
    '\\',
    '\ud800',
    'lamp\u0000dusk',
    '\u{1F56F}\u{1F56F}',
    '%_%',
    'x'.repeat(50_000),
    'lamp '.repeat(10_000),
    '(((((((((('.repeat(2_000),
  ])('[LB10] a question is words, whatever is in it: %#', async (query) => {
    const { passages } = await library.search('room', query);
    for (const { heading } of passages) expect(heading).not.toBe('Secret');
    expect((await found('vinegar'))[1]).toBe('Keeping the light');
  });

  test('[LB10] so is any text', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 60 }));
    await fc.assert(
      fc.asyncProperty(text, async (query) => {
        const { tier, passages } = await library.search('room', query);
        expect(tier === 'none').toBe(passages.length === 0);
      }),
      runs(100),
    );
  });

  test('[LB10] so is any text that is brought in', async () => {
    const deseret = `a${'\u{10428}'.repeat(80)}`;
    const odd = `it's \\ "${deseret}" 'quoted' 1e5 -3.5 a:b x'y ${'w'.repeat(3_000)} \u{20000}\u{20001} {"a":1} :* & | ! <->`;
    await library.put('odd', 'odd', `# ${odd.slice(0, 150)}\n\n${odd}\n\n${'tick '.repeat(400)}`);
    for (const query of [deseret, 'quoted', '1e5', 'tick', '\u{20000}\u{20001}', 'x’y'])
      expect((await library.search('odd', query)).passages[0]?.sourceId).toBe('odd');
  });

  test('[LB11] a passage is shown with what is around it', async () => {
    const shown = await library.passage('room', 'lighthouse-2');
    expect(shown?.passage).toMatchObject({ heading: 'The fog horn', title: 'Lights', author: 'Ada' });
    expect(shown?.before.map(({ heading }) => heading)).toEqual(['The lighthouse', 'The lamp']);
    expect(shown?.after.map(({ heading }) => heading)).toEqual(['Keeping the light', 'Storms']);
    for (const id of [
      'lighthouse-99',
      'lighthouse',
      '-1',
      'nothing-0',
      'lighthouse-99999999999',
      '%-1',
      '',
    ]) {
      expect(await library.passage('room', id)).toBeUndefined();
    }
  });

  test('[LB21] a source is read in order, a run of passages at a time', async () => {
    const headings = async (...[source, from, limit]: [string, number, number]) =>
      (await library.read('room', source, from, limit)).map(({ heading }) => heading);
    expect(await headings('lighthouse', 0, 2)).toEqual(['The lighthouse', 'The lamp']);
    expect(await headings('lighthouse', 2, 9)).toEqual(['The fog horn', 'Keeping the light', 'Storms']);
    expect(await headings('lighthouse', 99, 9)).toEqual([]);
    expect(await headings('other', 0, 9)).toEqual([]);
    expect(await library.read('Room', 'lighthouse', 0, 9)).toEqual([]);
  });

  test('[LB12] what is removed is gone with all its rows', async () => {
    await library.put('brief', 'kept', '# Kept\n\nThe keeper stays.');
    await library.put('brief', 'dropped', lighthouse);
    expect(await library.list('brief')).toMatchObject([{ sourceId: 'dropped' }, { sourceId: 'kept' }]);
    await library.drop('brief', 'dropped');
    expect(await library.list('brief')).toMatchObject([{ sourceId: 'kept', title: 'kept', chunks: 1 }]);
    expect((await library.search('brief', 'keeper')).passages).toMatchObject([{ sourceId: 'kept' }]);
    expect(await library.search('brief', 'vinegar')).toEqual({ tier: 'none', passages: [] });
    for (const table of ['library_sources', 'library_chunks', 'library_words'] as const) {
      const rows = await db.run(
        compiled(db.sql.selectFrom(table).select('source_id').distinct().where('room_id', '=', 'brief')),
      );
      expect(rows).toEqual([{ source_id: 'kept' }]);
    }
    await library.put('brief', 'dropped', '# Again\n\nThe keeper is back.');
    expect((await library.search('brief', 'keeper')).passages).toHaveLength(2);
  });
});
