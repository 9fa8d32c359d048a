import type { Block, Document } from './document.ts';

/** What became of a block, with the section it stands in, or stood in. `before` is the block that says something else now. */
export type BlockDiff = {
  kind: 'added' | 'removed' | 'changed' | 'kept';
  sectionId: string;
  heading: string;
  block: Block;
  before?: Block;
};

/**
 * What became of each block between two versions of a document, in the order of the later one. One that was removed stands
 * where it stood: behind the block or section that was before it and still is there.
 */
export function diffDocuments(before: Document, after: Document): BlockDiff[] {
  const earlier = pairBlocks(before, after);
  const removed = placeRemoved(before, after, earlier);
  const taken = (place: string) => {
    const diffs = removed.get(place) ?? [];
    removed.delete(place);
    return diffs;
  };
  const inSections = after.sections.flatMap(({ id, heading, blocks }) => [
    ...taken(`start of ${id}`),
    ...blocks.flatMap((block) => [
      { ...compared(block, earlier.get(block)), sectionId: id, heading },
      ...taken(`after ${block.id}`),
    ]),
    ...taken(`end of ${id}`),
  ]);
  return [...taken('start'), ...inSections];
}

function compared(block: Block, before: Block | undefined): Pick<BlockDiff, 'kind' | 'block' | 'before'> {
  if (before === undefined) return { kind: 'added', block };
  return before.text === block.text ? { kind: 'kept', block } : { kind: 'changed', block, before };
}

/** For each block the one it was: that of its id, else one that said the same and is not there by its own id. */
function pairBlocks(before: Document, after: Document): Map<Block, Block> {
  const pairs = new Map<Block, Block>();
  const pairBy = (key: (block: Block) => string) => {
    const paired = new Set(pairs.values());
    const left = Map.groupBy(
      blocksOf(before).filter((block) => !paired.has(block)),
      key,
    );
    for (const block of blocksOf(after)) {
      const earlier = pairs.has(block) ? undefined : left.get(key(block))?.shift();
      if (earlier !== undefined) pairs.set(block, earlier);
    }
  };
  pairBy(({ id }) => id);
  pairBy(({ text }) => text);
  return pairs;
}

function blocksOf({ sections }: Document): Block[] {
  return sections.flatMap(({ blocks }) => blocks);
}

/** The blocks that are gone, by the place in the later version where they are shown. */
function placeRemoved(
  before: Document,
  after: Document,
  earlier: ReadonlyMap<Block, Block>,
): Map<string, BlockDiff[]> {
  const later = new Map([...earlier].map(([block, was]) => [was, block]));
  const sectionOf = new Map(after.sections.flatMap(({ id, blocks }) => blocks.map((block) => [block, id])));
  const ids = new Set(after.sections.map(({ id }) => id));
  const removed = new Map<string, BlockDiff[]>();
  let end = 'start';
  for (const { id, heading, blocks } of before.sections) {
    let place = ids.has(id) ? `start of ${id}` : end;
    for (const block of blocks) {
      const now = later.get(block);
      if (now === undefined) {
        const diff: BlockDiff = { kind: 'removed', sectionId: id, heading, block };
        removed.set(place, [...(removed.get(place) ?? []), diff]);
      } else if (sectionOf.get(now) === id) place = `after ${now.id}`;
    }
    if (ids.has(id)) end = `end of ${id}`;
  }
  return removed;
}
