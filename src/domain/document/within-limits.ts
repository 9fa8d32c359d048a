import { limits } from '../limits.ts';
import type { Block, Document, Section } from './document.ts';
import type { Refusal } from './find.ts';

type Changed = { document: Document } | Refusal;

export function withBlocks(document: Document, section: Section, blocks: Block[]): Changed {
  return withSection(document, section, { ...section, blocks });
}

export function withSection(document: Document, section: Section, next: Section): Changed {
  return withSections(
    document,
    document.sections.map((one) => (one === section ? next : one)),
  );
}

/** The document with these sections. One past its limits may change and become smaller, but not grow. */
export function withSections(document: Document, sections: Section[]): Changed {
  const tooMany =
    excess('sections', document.sections.length, sections.length, limits.documentSections) ??
    excess('blocks', blocksIn(document.sections), blocksIn(sections), limits.documentBlocks);
  return tooMany ?? { document: { ...document, sections } };
}

function excess(what: string, before: number, after: number, max: number): Refusal | undefined {
  return after > max && after > before ? { reason: `too many ${what}: ${after} > ${max}` } : undefined;
}

function blocksIn(sections: readonly Section[]): number {
  return sections.reduce((sum, { blocks }) => sum + blocks.length, 0);
}
