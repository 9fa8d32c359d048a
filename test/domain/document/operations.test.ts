import { describe, expect, test } from 'vitest';
import type { Document } from '../../../src/domain/document/document.ts';
import { splitMarkdown } from '../../../src/domain/document/split-markdown.ts';
import { applyOperations } from '../../../src/domain/document-ops.ts';
import { limits } from '../../../src/domain/limits.ts';
import { deepFreeze } from '../../support/deep-freeze.ts';
import { fixture } from '../../support/fixtures.ts';

type Vector = {
  name: string;
  document: Document;
  operations: unknown[];
  expect: {
    document: Document;
    changed: boolean;
    applied: object[];
    skipped?: object[];
    skipped_count?: number;
  };
};
const vectors = JSON.parse(fixture('vectors/delta-ops.json').toString()) as Vector[];

const doc = deepFreeze(splitMarkdown('## Intro\np0\n\np1\n## B\n'));
const [p0, p1] = (doc.sections[0]?.blocks ?? []).map(({ id }) => id) as [string, string];
const apply = (...operations: unknown[]) => applyOperations(doc, deepFreeze(operations));
const reasonOf = (operation: object, document = doc) =>
  applyOperations(document, [operation]).skipped[0]?.reason;
const textsIn = ({ sections }: Document) => sections.map(({ blocks }) => blocks.map(({ text }) => text));

test.each(vectors)('[DO1] $name', ({ document, operations, expect: expected }) => {
  deepFreeze(document);
  const result = applyOperations(document, deepFreeze(operations));
  expect(result.document).toEqual(expected.document);
  expect(result.applied).toEqual(expected.applied);
  expect(result.changed).toBe(expected.changed);
  if (expected.skipped) expect(result.skipped).toEqual(expected.skipped);
  expect(result.skipped).toHaveLength(expected.skipped_count ?? expected.skipped?.length ?? 0);
  if (!expected.changed) expect(result.document).toBe(document);
});

describe('[DO1] a document', () => {
  test('is the very same where operations come to nothing', () => {
    const result = apply(
      { op: 'append_block', section_id: 'b', text: 'x' },
      { op: 'remove_block', section_id: 'b', block_id: 'b11f6ad8e' },
    );
    expect(result).toMatchObject({ applied: [{}, {}], changed: false });
    expect(result.document).toBe(doc);
  });

  test('does what every operation says', () => {
    const { document, skipped } = apply(
      { op: 'insert_block', section_id: 'intro', after_block_id: p0, text: 'between' },
      { op: 'remove_block', section_id: 'intro', block_id: p1 },
      {
        op: 'add_section',
        heading: 'C',
        level: 3,
        blocks: [{ text: 'c' }, 'd'],
        after_section_id: 'intro',
        new_id: 'mine',
      },
      { op: 'append_block', section_id: 'mine', text: 'e' },
      { op: 'remove_section', section_id: 'b' },
      { op: 'replace_section_blocks', section_id: 'intro', blocks: [{ text: 'q' }, { text: 'between' }] },
      { op: 'rename_section', section_id: 'intro', new_heading: 'Start' },
    );
    expect(skipped).toEqual([]);
    expect(document.sections).toMatchObject([
      { id: 'intro', heading: 'Start', level: 2 },
      { id: 'mine', heading: 'C', level: 3 },
    ]);
    expect(textsIn(document)).toEqual([
      ['q', 'between'],
      ['c', 'd', 'e'],
    ]);
  });
});

test.each([
  [{ op: 'remove_block', section_id: 'intro', block_id: 'x' }, 'unknown block_id: x'],
  [{ op: 'insert_block', section_id: 'intro', after_block_id: 'x', text: 't' }, 'unknown block_id: x'],
  [
    { op: 'insert_block', section_id: 'b', after_block_id: p0, text: 't' },
    `block_id ${p0} belongs to section intro, not b`,
  ],
  [{ op: 'add_section', heading: 'H', after_section_id: 'x' }, 'unknown section_id: x'],
  [{ op: 'add_section', heading: 'H', blocks: [{ text: 'a' }, { text: ' ' }] }, 'block text is empty'],
  [{ op: 'append_block', section_id: 'b', text: '\u0000\u0000' }, 'block text is empty'],
  [{ op: 'rename_section', section_id: 'b', new_heading: ' B\n' }, 'heading is unchanged'],
  [
    { op: 'replace_section_blocks', section_id: 'intro', blocks: ['p0', 'p1'] },
    'section blocks are unchanged',
  ],
  [
    { op: 'insert_block', section_id: 'intro', index: 3, block: { type: 'paragraph', text: 'x' } },
    'index out of range: 3 > 2',
  ],
  [{ op: 'remove_block', section_id: 'b', index: 0 }, 'index out of range: 0 >= 0'],
  [{ op: 'remove_block', section_id: 'x', index: 0 }, 'unknown section_id: x'],
])('[DO2] %j is skipped: %s', (operation, reason) => {
  expect(reasonOf(operation)).toBe(reason);
});

test.each([
  [7, 'operation'],
  [null, 'operation'],
  [[], 'operation'],
  [{}, 'op'],
  [{ op: 'toString' }, 'op'],
  [{ op: 'append_block', text: 'x' }, 'section_id'],
  [{ op: 'append_block', section_id: 'b', text: 7 }, 'text'],
  [{ op: 'append_block', section_id: 'b', text: 'x', rests_on: ['a b'] }, 'rests_on.0'],
  [{ op: 'insert_block', section_id: 'b', text: 'x' }, 'after_block_id'],
  [{ op: 'replace_block', section_id: 'intro', index: 0, text: 'x' }, 'block_id'],
  [{ op: 'replace_block', section_id: 'intro', index: -1, block: { type: 'paragraph', text: 'x' } }, 'index'],
  [{ op: 'append_block', section_id: 'b', block: { type: 'bullet_list', items: 'x' } }, 'block.items'],
  [{ op: 'append_block', section_id: 'b', block: { type: 'table' } }, 'block.type'],
  [{ op: 'add_section', heading: 'H', level: 7 }, 'level'],
  [{ op: 'add_section', heading: ' ' }, 'heading'],
  [{ op: 'add_section', heading: 'H', new_id: 'a b' }, 'new_id'],
  [{ op: 'add_section', heading: 'H', blocks: [{}] }, 'blocks.0.text'],
  [{ op: 'replace_section_blocks', section_id: 'b' }, 'blocks'],
])('[DO2] %j is skipped by its field %s', (operation, field) => {
  const { document, applied, skipped } = apply(operation);
  expect(skipped).toHaveLength(1);
  expect(skipped[0]?.reason).toMatch(new RegExp(`^${field}: \\S`));
  expect([document, applied]).toEqual([doc, []]);
});

test('[DO2] null is not given, as models write it', () => {
  const { applied } = apply({
    op: 'add_section',
    heading: 'H',
    level: null,
    blocks: null,
    after_section_id: null,
    new_id: null,
  });
  expect(applied).toEqual([{ op: 'add_section', heading: 'H', level: 2, assigned_id: 'h' }]);
});

describe('[DO3] ids', () => {
  test('of sections are their heading, of blocks their text, and the next free one where that is taken', () => {
    const { document } = apply(
      { op: 'add_section', heading: 'Über: what WE found!', blocks: ['p0', 'p0'] },
      { op: 'add_section', heading: '???' },
      { op: 'add_section', heading: 'Intro', new_id: 'b' },
    );
    expect(document.sections.slice(2)).toMatchObject([
      { id: 'ber-what-we-found', blocks: [{ id: `${p0}-2` }, { id: `${p0}-3` }] },
      { id: 'section' },
      { id: 'b-2', heading: 'Intro' },
    ]);
  });

  test('stay when text and heading change, and when blocks are replaced by the same text', () => {
    const { document } = apply(
      { op: 'replace_block', section_id: 'intro', block_id: p0, text: 'other' },
      { op: 'replace_section_blocks', section_id: 'intro', blocks: ['p0', 'p1', 'other'] },
      { op: 'rename_section', section_id: 'intro', new_heading: 'Else' },
    );
    expect(document.sections[0]).toMatchObject({
      id: 'intro',
      blocks: [{ id: `${p0}-2`, text: 'p0' }, { id: p1 }, { id: p0, text: 'other' }],
    });
  });
});

describe('[DO4] the older form', () => {
  test.each([
    [{ type: 'paragraph', text: 'a\n\nb' }, 'a\n\nb'],
    [{ type: 'bullet_list', items: ['a', ' ', 'b\nc'] }, '- a\n- b\n  c'],
    [{ type: 'ordered_list', items: ['a', 'b\r\nc'] }, '1. a\n2. b\n   c'],
    [{ type: 'code', language: 'sh', text: '# ls\n' }, '```sh\n# ls\n```'],
    [{ type: 'code', text: '```\nx\n```' }, '````\n```\nx\n```\n````'],
  ])('%j is %j', (block, text) => {
    expect(textsIn(apply({ op: 'append_block', section_id: 'b', block }).document)[1]).toEqual([text]);
    expect(
      textsIn(apply({ op: 'replace_section_blocks', section_id: 'b', blocks: [block] }).document)[1],
    ).toEqual([text]);
    expect(textsIn(apply({ op: 'add_section', heading: 'C', blocks: [block] }).document)[2]).toEqual([text]);
  });

  test.each([
    { type: 'paragraph', text: ' ' },
    { type: 'bullet_list', items: [] },
    { type: 'code', text: '\n' },
  ])('%j says nothing', (block) => {
    expect(reasonOf({ op: 'append_block', section_id: 'b', block })).toBe('block text is empty');
  });

  test('never addresses what is named by its id', () => {
    const { document } = apply({ op: 'remove_block', section_id: 'intro', block_id: p1, index: 0 });
    expect(textsIn(document)).toEqual([['p0'], []]);
  });
});

describe('[DO5] what a block rests on', () => {
  const resting = apply({
    op: 'append_block',
    section_id: 'b',
    text: 'x',
    rests_on: ['f1', 'm1', 'f1'],
  }).document;
  const [block] = resting.sections[1]?.blocks ?? [];
  const gone = deepFreeze({
    ...resting,
    sections: resting.sections.map((section) =>
      section.id === 'b'
        ? { ...section, blocks: [{ ...block, id: 'b1', text: 'x', gone: ['f1'] }] }
        : section,
    ),
  }) as Document;
  const revised = (operation: object) =>
    applyOperations(gone, [{ op: 'replace_block', section_id: 'b', block_id: 'b1', ...operation }]);

  test('is kept once each, with every block of an operation', () => {
    expect(block).toEqual({ id: 'b11f6ad8e', text: 'x', rests: ['f1', 'm1'] });
    const { document } = apply({
      op: 'add_section',
      heading: 'C',
      blocks: [
        { text: 'a', rests_on: ['f2'] },
        { text: 'b', rests_on: [] },
      ],
    });
    expect(document.sections[2]?.blocks).toEqual([
      { id: 'b86f7e437', text: 'a', rests: ['f2'] },
      { id: 'be9d71f5e', text: 'b' },
    ]);
  });

  test('is carried through, with what is gone, by operations on other blocks', () => {
    const { document } = applyOperations(gone, [
      { op: 'append_block', section_id: 'b', text: 'y' },
      { op: 'rename_section', section_id: 'b', new_heading: 'C' },
      { op: 'replace_section_blocks', section_id: 'b', blocks: ['z', 'x'] },
    ]);
    expect(document.sections[1]?.blocks[1]).toBe(gone.sections[1]?.blocks[0]);
  });

  test('goes with the text it belongs to', () => {
    const now = (operation: object) => revised(operation).document.sections[1]?.blocks[0];
    expect(now({ text: 'y' })).toEqual({ id: 'b1', text: 'y' });
    expect(now({ text: 'y', rests_on: ['f2'] })).toEqual({ id: 'b1', text: 'y', rests: ['f2'] });
    expect(now({ text: 'x', rests_on: ['f2'] })).toEqual({ id: 'b1', text: 'x', rests: ['f2'] });
  });

  test('is not forgotten when the same is said again', () => {
    for (const rests_on of [undefined, ['f1', 'm1']]) {
      expect(revised({ text: 'x', rests_on })).toMatchObject({
        changed: false,
        skipped: [{ reason: 'block text is unchanged' }],
      });
    }
  });
});

describe('[DO6] past a limit', () => {
  const section = (id: string, texts: string[]) => ({
    id,
    heading: id,
    level: 2,
    blocks: texts.map((text) => ({ id: text, text })),
  });
  const many = (count: number) => Array.from({ length: count }, (_, index) => `t${index}`);

  test('operations are skipped, the first ones apply', () => {
    const { applied, skipped } = apply(
      ...many(limits.documentOperations + 2).map((text) => ({ op: 'append_block', section_id: 'b', text })),
    );
    expect(applied).toHaveLength(limits.documentOperations);
    expect(skipped).toEqual(
      Array(2).fill({ op: 'append_block', section_id: 'b', reason: 'too many operations: at most 100' }),
    );
  });

  test('a text or heading is skipped', () => {
    const { blockText, documentHeading } = limits;
    expect(reasonOf({ op: 'append_block', section_id: 'b', text: 'x'.repeat(blockText) })).toBeUndefined();
    expect(reasonOf({ op: 'append_block', section_id: 'b', text: 'x'.repeat(blockText + 1) })).toBe(
      'block text is too long: 8001 > 8000',
    );
    expect(reasonOf({ op: 'append_block', section_id: 'b', text: '# x\n'.repeat(blockText / 4) })).toMatch(
      'block text is too long',
    );
    expect(reasonOf({ op: 'add_section', heading: 'x'.repeat(documentHeading) })).toBeUndefined();
    expect(reasonOf({ op: 'add_section', heading: 'x'.repeat(documentHeading + 1) })).toMatch(/^heading: /);
    expect(
      reasonOf({ op: 'append_block', section_id: 'b', text: 'x', rests_on: many(limits.blockRests + 1) }),
    ).toMatch(/^rests_on: /);
  });

  test('a document does not grow, and may shrink', () => {
    const { documentBlocks, documentSections } = limits;
    const long: Document = { version: 2, sections: [section('a', many(documentBlocks)), section('b', [])] };
    const append = { op: 'append_block', section_id: 'b', text: 'x' };
    expect(reasonOf(append, long)).toBe('too many blocks: 1001 > 1000');
    const { applied } = applyOperations(long, [
      { op: 'remove_block', section_id: 'a', block_id: 't0' },
      append,
    ]);
    expect(applied).toHaveLength(2);
    const wide: Document = { version: 2, sections: many(documentSections).map((id) => section(id, [])) };
    expect(reasonOf({ op: 'add_section', heading: 'x' }, wide)).toBe('too many sections: 101 > 100');
  });

  test('what is past it already may change', () => {
    const wide: Document = { version: 2, sections: [section('a', many(limits.documentBlocks + 5))] };
    const { applied } = applyOperations(wide, [
      { op: 'replace_block', section_id: 'a', block_id: 't0', text: 'x' },
      { op: 'remove_block', section_id: 'a', block_id: 't1' },
    ]);
    expect(applied).toHaveLength(2);
  });
});

test('[DO8] a heading in the text of a block stays in the block', () => {
  const { document } = apply({ op: 'append_block', section_id: 'b', text: '## C\nc' });
  expect(document.sections[1]?.blocks).toMatchObject([{ text: '\\## C\nc' }]);
});

test('[DO7] a heading is one line that is read as it is written', () => {
  const { document } = apply(
    { op: 'rename_section', section_id: 'b', new_heading: 'Moved\nto C #' },
    { op: 'add_section', heading: 'C #' },
  );
  expect(document.sections.slice(1)).toMatchObject([
    { id: 'b', heading: 'Moved to C \\#' },
    { id: 'c', heading: 'C \\#' },
  ]);
});
