import type { Brief } from './brief.ts';
import { system } from './command.ts';
import type { Block, Section } from './document/document.ts';
import type { NewEvent } from './event.ts';

type Aside = Brief['aside'][number];

/**
 * What becomes of the brief when facts and messages leave or come back: a block of which everything it rests on is gone is
 * laid aside, one of which some is gone is marked. What comes back brings its blocks back to where they stood.
 */
export function briefFollows(
  brief: Brief,
  { gone, back }: { gone: ReadonlySet<string>; back: ReadonlySet<string> },
): NewEvent[] {
  const marked = (block: Block): Block => {
    if (block.rests === undefined) return block;
    const before = block.gone ?? [];
    const now = block.rests.filter((id) => gone.has(id) || (before.includes(id) && !back.has(id)));
    if (now.length === before.length && now.every((id) => before.includes(id))) return block;
    const { gone: _gone, ...rest } = block;
    return now.length === 0 ? rest : { ...rest, gone: now };
  };
  const aside: Aside[] = [];
  const returning: Aside[] = [];
  for (const one of brief.aside) {
    const block = marked(one.block);
    (standsOnNothing(block) ? aside : returning).push(block === one.block ? one : { ...one, block });
  }
  const leaving: Aside[] = [];
  let sections = brief.document.sections.map((section) => {
    const blocks = section.blocks.map(marked);
    if (blocks.every((block, index) => block === section.blocks[index])) return section;
    for (const [index, block] of blocks.entries()) {
      if (!standsOnNothing(block)) continue;
      leaving.push({ block, sectionId: section.id, after: blocks[index - 1]?.id ?? null });
    }
    return { ...section, blocks: blocks.filter((block) => !standsOnNothing(block)) };
  });
  for (const one of returning) sections = restored(sections, one, brief.aside);
  const isSame = sections.every((section, index) => section === brief.document.sections[index]);
  if (isSame && leaving.length + returning.length === 0) return [];
  const data = {
    revision: brief.revision + 1,
    applied: [],
    skipped: [],
    document: { ...brief.document, sections },
    aside: [...aside, ...leaving],
    reason: gone.size > 0 ? ('withdrawn' as const) : ('returned' as const),
  };
  return [{ kind: 'brief.revised', actor: system, data }];
}

function standsOnNothing({ rests = [], gone = [] }: Block): boolean {
  return rests.length > 0 && gone.length === rests.length;
}

/** Behind what it stood behind; where that has gone since, behind what that stood behind, or last. */
function restored(
  sections: Section[],
  { block, sectionId, after }: Aside,
  aside: readonly Aside[],
): Section[] {
  return sections.map((section) => {
    if (section.id !== sectionId) return section;
    let anchor = after;
    const isThere = (id: string | null) => id === null || section.blocks.some((other) => other.id === id);
    while (!isThere(anchor)) {
      const before = aside.find((other) => other.block.id === anchor);
      if (before === undefined) return { ...section, blocks: [...section.blocks, block] };
      anchor = before.after;
    }
    const index = anchor === null ? 0 : section.blocks.findIndex((other) => other.id === anchor) + 1;
    return { ...section, blocks: section.blocks.toSpliced(index, 0, block) };
  });
}
