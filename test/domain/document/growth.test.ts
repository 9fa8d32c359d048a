import { expect, test } from 'vitest';
import { emptyDocument } from '../../../src/domain/document/document.ts';
import { nearDuplicate, sizeOf } from '../../../src/domain/document/growth.ts';
import { splitMarkdown } from '../../../src/domain/document/split-markdown.ts';

const said = 'The checkout service on db1 has been failing since 14:02 with error 500.';
const document = splitMarkdown(
  `# Facts\n\nThe network is fine.\n\n# State\n\n${said}\n\n${'障害は支払いサービスで発生'}\n\n---`,
);
const overlapOf = (text: string) => nearDuplicate(document, text)?.overlap;

test.each([
  said,
  'THE CHECKOUT SERVICE, on db1, has been failing since 14:02 (with error 500)',
  '1. On db1 the checkout service has been failing since 14:02 with error 500',
  'The checkout service on `db1` is failing since 14:02 with error 500.'.replace('is', 'has been'),
  'The network seems fine.'.replace('seems', 'is'),
  '障害は支払いサービスで発生し',
  '---',
])('[DO10] %j has been said', (text) => {
  expect(overlapOf(text)).toBeGreaterThanOrEqual(0.8);
});

test.each([
  said.replace('db1', 'db2'),
  said.replace('14:02', '14:03'),
  said.replace('has been', 'has not been'),
  'The checkout service isn’t failing.',
  'The network is fine again since the switch was replaced.',
  'Something else.',
  '***',
  '',
])('[DO10] %j has not been said', (text) => {
  expect(overlapOf(text)).toBeUndefined();
});

test('[DO10] the block that says it is told, the nearest one', () => {
  const near = nearDuplicate(splitMarkdown('# A\n\na b c d e f\n\n# B\n\na b c d e'), 'E d c b a');
  expect(near).toMatchObject({ sectionId: 'b', block: { text: 'a b c d e' }, overlap: 1 });
});

test('[DO10] the size of a document is its headings and texts', () => {
  expect(sizeOf(emptyDocument)).toBe(0);
  expect(sizeOf(splitMarkdown('## Ab\n\ncd\n\ne\n'))).toBe(5);
});
