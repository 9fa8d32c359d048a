import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Document, documentSchema, type Section } from '../../../src/domain/document/document.ts';
import { skippedOperationSchema } from '../../../src/domain/document/operation-summary.ts';
import { renderMarkdown } from '../../../src/domain/document/render-markdown.ts';
import { splitMarkdown } from '../../../src/domain/document/split-markdown.ts';
import { markdownOf, type TypedBlock } from '../../../src/domain/document/typed-blocks.ts';
import { applyOperations } from '../../../src/domain/document-ops.ts';
import { deepFreeze } from '../../support/deep-freeze.ts';
import { documents, operationBatches } from '../../support/document-operations.ts';
import { markdownTexts } from '../../support/markdown-texts.ts';
import { runs } from '../../support/runs.ts';

/** Checks a property of whatever operations come to whatever document. Both are frozen: changing them throws. */
function always(
  check: (before: Document, operations: unknown[], after: ReturnType<typeof applyOperations>) => void,
) {
  fc.assert(
    fc.property(documents, operationBatches, (before, operations) => {
      deepFreeze(before);
      deepFreeze(operations);
      check(before, operations, applyOperations(before, operations));
    }),
    runs(1000),
  );
}

test('[DO1] every operation is applied or skipped with a reason', () => {
  always((_, operations, { applied, skipped }) => {
    expect(applied.length + skipped.length).toBe(operations.length);
    for (const one of skipped) expect(skippedOperationSchema.parse(one).reason).not.toBe('');
    const named = operations
      .map((one) => (one as { op?: unknown } | null)?.op)
      .filter((op) => typeof op === 'string');
    for (const { op } of applied) expect(named).toContain(op);
  });
});

test('[DO1] sections that no operation names are the very same', () => {
  always((before, _, { document, applied }) => {
    const named = new Set(applied.map(({ section_id }) => section_id));
    const untouched = (section: Section) => !named.has(section.id);
    const left = before.sections.filter(untouched);
    for (const section of left) expect(document.sections).toContain(section);
    expect(document.sections.filter((section) => left.includes(section))).toEqual(left);
  });
});

test('[DO1] nothing that came to nothing is a change', () => {
  always((before, _, { document, changed, applied }) => {
    expect(changed).toBe(document !== before);
    if (applied.length === 0) expect(document).toBe(before);
    if (changed) expect(document).not.toEqual(before);
  });
});

test('[DO3] a document fits its schema, and its ids are never given twice', () => {
  always((_, __, { document }) => {
    expect(documentSchema.parse(document)).toEqual(document);
    const sections = document.sections.map(({ id }) => id);
    const blocks = document.sections.flatMap((section) => section.blocks.map(({ id }) => id));
    expect(new Set(sections).size).toBe(sections.length);
    expect(new Set(blocks).size).toBe(blocks.length);
  });
});

test('[DO7] a document that operations made renders and splits into the same sections', () => {
  always((_, __, { document }) => {
    const text = renderMarkdown(document);
    const again = splitMarkdown(text);
    expect(renderMarkdown(again)).toBe(text);
    const headings = ({ sections }: Document) =>
      sections.map(({ heading }) => heading).filter((one) => one !== '');
    expect(headings(again)).toEqual(headings(document));
  });
});

test('[DO4] the older form does what the native form does', () => {
  const typed: fc.Arbitrary<TypedBlock> = fc.oneof(
    fc.record({ type: fc.constant('paragraph' as const), text: markdownTexts }),
    fc.record({
      type: fc.constantFrom('bullet_list' as const, 'ordered_list' as const),
      items: fc.array(markdownTexts),
    }),
    fc.record({ type: fc.constant('code' as const), text: markdownTexts }),
  );
  fc.assert(
    fc.property(documents, typed, fc.nat(2), fc.nat(3), (document, block, section, index) => {
      const { id: section_id, blocks } = document.sections[section] ?? { id: 'nope', blocks: [] };
      const text = markdownOf(block);
      const same = (older: object, native: object) => {
        const [one, other] = [applyOperations(document, [older]), applyOperations(document, [native])];
        expect(one.document).toEqual(other.document);
        expect(one.skipped.map(({ reason }) => reason)).toEqual(other.skipped.map(({ reason }) => reason));
      };
      same({ op: 'append_block', section_id, block }, { op: 'append_block', section_id, text });
      same(
        { op: 'replace_section_blocks', section_id, blocks: [block] },
        { op: 'replace_section_blocks', section_id, blocks: [text] },
      );
      same(
        { op: 'add_section', heading: 'A', blocks: [block, block] },
        { op: 'add_section', heading: 'A', blocks: [text, text] },
      );
      if (index <= blocks.length) {
        const after_block_id = blocks[index - 1]?.id ?? null;
        same(
          { op: 'insert_block', section_id, index, block },
          { op: 'insert_block', section_id, after_block_id, text },
        );
      }
      const block_id = blocks[index]?.id;
      if (block_id === undefined) return;
      same(
        { op: 'replace_block', section_id, index, block },
        { op: 'replace_block', section_id, block_id, text },
      );
      same({ op: 'remove_block', section_id, index }, { op: 'remove_block', section_id, block_id });
    }),
    runs(500),
  );
});
