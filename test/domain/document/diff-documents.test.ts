import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffDocuments } from '../../../src/domain/document/diff-documents.ts';
import type { Document } from '../../../src/domain/document/document.ts';
import { splitMarkdown } from '../../../src/domain/document/split-markdown.ts';
import { applyOperations } from '../../../src/domain/document-ops.ts';
import { documents, operationBatches } from '../../support/document-operations.ts';
import { runs } from '../../support/runs.ts';

const before = splitMarkdown('intro\n\n# A\n\na1\n\na2\n\na3\n\n# B\n\nb1\n\n# C\n\nc1');
const idOf = (text: string) =>
  before.sections.flatMap(({ blocks }) => blocks).find((block) => block.text === text)?.id;
const after = (...operations: object[]) => applyOperations(before, operations).document;
const told = (to: Document, from = before) =>
  diffDocuments(from, to)
    .filter(({ kind }) => kind !== 'kept')
    .map((diff) => [diff.kind, diff.sectionId, diff.before?.text ?? '', diff.block.text]);
const textsOf = ({ sections }: Document) => sections.flatMap(({ blocks }) => blocks.map(({ text }) => text));

test('[DO11] between a document and itself every block is kept', () => {
  expect(told(before)).toEqual([]);
  expect(diffDocuments(before, before).map(({ block }) => block.text)).toEqual(textsOf(before));
});

test('[DO11] blocks are added, removed and changed where they stand', () => {
  const changed = after(
    { op: 'remove_block', section_id: 'a', block_id: idOf('a2') },
    { op: 'replace_block', section_id: 'a', block_id: idOf('a3'), text: 'a3!' },
    { op: 'insert_block', section_id: 'a', after_block_id: null, text: 'a0' },
    { op: 'rename_section', section_id: 'c', new_heading: 'See' },
  );
  expect(diffDocuments(before, changed)).toMatchObject([
    { kind: 'kept', sectionId: 'preamble', heading: '' },
    { kind: 'added', sectionId: 'a', heading: 'A', block: { text: 'a0' } },
    { kind: 'kept', block: { text: 'a1' } },
    { kind: 'removed', block: { text: 'a2' } },
    { kind: 'changed', block: { text: 'a3!' }, before: { text: 'a3' } },
    { kind: 'kept', sectionId: 'b' },
    { kind: 'kept', sectionId: 'c', heading: 'See' },
  ]);
});

test('[DO11] a section that is gone is told where it was', () => {
  const [preamble, ...rest] = ['preamble', 'b'].map((section_id) => ({ op: 'remove_section', section_id }));
  const gone = diffDocuments(before, after(preamble as object, ...rest));
  expect(gone.map(({ kind, block }) => `${kind} ${block.text}`)).toEqual([
    'removed intro',
    'kept a1',
    'kept a2',
    'kept a3',
    'removed b1',
    'kept c1',
  ]);
});

test('[DO11] a block that says the same under another id is kept', () => {
  const replaced = after({ op: 'replace_block', section_id: 'b', block_id: idOf('b1'), text: 'new' });
  const split = splitMarkdown('intro\n\n# A\n\na1\n\na2\n\na3\n\n# B\n\nnew\n\n# C\n\nc1');
  expect(told(split, replaced)).toEqual([]);
});

test('[DO11] every block of both is told once, the later ones in their order', () => {
  fc.assert(
    fc.property(documents, operationBatches, (from, operations) => {
      const to = applyOperations(from, operations).document;
      const diffs = diffDocuments(from, to);
      const later = diffs.filter(({ kind }) => kind !== 'removed');
      expect(later.map(({ block }) => block)).toEqual(to.sections.flatMap(({ blocks }) => blocks));
      const earlier = diffs.flatMap(({ kind, block, before }) => (kind === 'added' ? [] : [before ?? block]));
      expect(earlier.map(({ text }) => text).sort()).toEqual(textsOf(from).sort());
    }),
    runs(1000),
  );
});
