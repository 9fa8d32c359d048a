import type { Block, Document } from '../../../src/domain/document/document.ts';

/** What became of one paragraph between two states of a document; `before` is how it stood where that differs. */
export type DiffEntry = {
  kind: 'added' | 'removed' | 'changed' | 'kept';
  sectionId: string;
  heading: string;
  block: Block;
  before?: Block;
};

type Placed = { sectionId: string; heading: string; block: Block };

function blocksOf({ sections }: Document): Placed[] {
  return sections.flatMap(({ id, heading, blocks }) =>
    blocks.map((block) => ({ sectionId: id, heading, block })),
  );
}

/** Every paragraph of both, in the order of `after`; those removed stand after what stood before them. */
export function diffDocuments(before: Document, after: Document): DiffEntry[] {
  const old = blocksOf(before);
  const entries = blocksOf(after).map(({ block, ...place }): DiffEntry => {
    const known = old.find((one) => one.block.id === block.id)?.block;
    if (known === undefined) return { kind: 'added', ...place, block };
    return known.text === block.text
      ? { kind: 'kept', ...place, block }
      : { kind: 'changed', ...place, block, before: known };
  });
  let at = 0;
  for (const { block, ...place } of old) {
    const index = entries.findIndex((entry) => entry.block.id === block.id);
    if (index === -1) entries.splice(at, 0, { kind: 'removed', ...place, block });
    at = (index === -1 ? at : index) + 1;
  }
  return entries;
}
