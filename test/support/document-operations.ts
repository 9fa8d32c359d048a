import fc from 'fast-check';
import type { Document } from '../../src/domain/document/document.ts';
import { splitMarkdown } from '../../src/domain/document/split-markdown.ts';
import { markdownTexts } from './markdown-texts.ts';

const ids = fc.constantFrom('preamble', 'a', 'b', 'b-2', 'c', 'nope', 'bf187cebb', 'bb78f5766');
const texts = fc.oneof(fc.constantFrom('p0', 'p1', 'p2', ' \n', '# h\nx'), markdownTexts);
const rests = fc.option(fc.array(fc.constantFrom('f1', 'f2', 'm1'), { maxLength: 3 }), { nil: undefined });
const levels = fc.option(fc.integer({ min: 0, max: 7 }), { nil: undefined });
const typed = fc.oneof(
  fc.record({ type: fc.constant('paragraph'), text: texts }),
  fc.record({
    type: fc.constantFrom('bullet_list', 'ordered_list'),
    items: fc.array(texts, { maxLength: 3 }),
  }),
  fc.record({ type: fc.constant('code'), language: fc.constantFrom('sh', '`', null), text: texts }),
);
const blocks = fc.oneof(
  fc.array(fc.record({ text: texts, rests_on: rests }), { maxLength: 3 }),
  fc.array(typed, { maxLength: 3 }),
  fc.array(texts, { maxLength: 3 }),
);

const fields = {
  section_id: ids,
  block_id: ids,
  after_block_id: fc.option(ids),
  after_section_id: fc.option(ids),
  new_id: fc.option(ids),
  index: fc.integer({ min: -1, max: 3 }),
  text: texts,
  rests_on: rests,
  block: typed,
  blocks,
  heading: fc.constantFrom('A', 'B', 'C #', ' ', 'x'.repeat(201)),
  new_heading: fc.constantFrom('A', 'B', 'New\nname', ''),
  level: levels,
};

const ops = [
  'append_block',
  'insert_block',
  'replace_block',
  'remove_block',
  'add_section',
  'remove_section',
  'replace_section_blocks',
  'rename_section',
];

/** Operations with all they need and more, with some of it, and with anything else. */
export const operationBatches = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ op: fc.constantFrom(...ops), ...fields }) },
    {
      weight: 6,
      arbitrary: fc.record(
        { op: fc.constantFrom(...ops), ...fields },
        { requiredKeys: ['op', 'section_id'] },
      ),
    },
    {
      weight: 1,
      arbitrary: fc.record({ op: fc.anything(), section_id: fc.anything(), text: fc.anything() }),
    },
    { weight: 1, arbitrary: fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }) },
  ),
  { maxLength: 12 },
);

/** Documents with sections and blocks that those operations name. */
export const documents: fc.Arbitrary<Document> = fc
  .tuple(
    fc.boolean(),
    fc.array(fc.tuple(fc.constantFrom('A', 'B', 'B', 'C'), fc.subarray(['p0', 'p1', 'p2', 'p2'])), {
      maxLength: 4,
    }),
  )
  .map(([preamble, sections]) =>
    splitMarkdown(
      [
        preamble ? 'p0' : '',
        ...sections.map(([heading, texts]) => `# ${heading}\n${texts.join('\n\n')}`),
      ].join('\n\n'),
    ),
  );
