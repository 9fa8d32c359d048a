import type { Document, Section } from './document.ts';
import { findBlock, findSection, isRefusal, type Refusal } from './find.ts';
import { slug, takenBlockIds, takenSectionIds } from './ids.ts';
import { settledHeading } from './lines.ts';
import { contentOf, contentsOf, newBlock, revisedBlock } from './new-block.ts';
import type { NewBlock, Operation } from './operations.ts';
import { replaceBlocks } from './replace-blocks.ts';
import { withBlocks, withSection, withSections } from './within-limits.ts';

/** The document after an operation, and the id of the section it added. */
export type Change = { document: Document; assigned_id?: string };

type Of<Name extends Operation['op']> = Extract<Operation, { op: Name }>;

/** Applies one operation. The document it is applied to stays as it is, and the sections that are not named are the same. */
export function applyOperation(document: Document, operation: Operation): Change | Refusal {
  if (operation.op === 'add_section') return addSection(document, operation);
  const section = findSection(document, operation.section_id);
  if (isRefusal(section)) return section;
  switch (operation.op) {
    case 'append_block':
      return addBlock(document, section, section.blocks.length, operation);
    case 'insert_block':
      return insertBlock(document, section, operation);
    case 'replace_block':
      return replaceBlock(document, section, operation);
    case 'remove_block': {
      const found = findBlock(document, section, operation.block_id);
      return isRefusal(found)
        ? found
        : withBlocks(document, section, section.blocks.toSpliced(found.index, 1));
    }
    case 'replace_section_blocks':
      return replaceBlocks(document, section, operation.blocks);
    case 'rename_section': {
      const heading = settledHeading(operation.new_heading);
      if (heading === section.heading) return { reason: 'heading is unchanged' };
      return withSection(document, section, { ...section, heading });
    }
    case 'remove_section':
      return withSections(
        document,
        document.sections.filter((one) => one !== section),
      );
  }
}

function insertBlock(document: Document, section: Section, operation: Of<'insert_block'>): Change | Refusal {
  if (operation.after_block_id === null) return addBlock(document, section, 0, operation);
  const found = findBlock(document, section, operation.after_block_id);
  return isRefusal(found) ? found : addBlock(document, section, found.index + 1, operation);
}

function addBlock(document: Document, section: Section, index: number, given: NewBlock): Change | Refusal {
  const content = contentOf(given);
  if (isRefusal(content)) return content;
  const block = newBlock(content, takenBlockIds(document));
  return withBlocks(document, section, section.blocks.toSpliced(index, 0, block));
}

function replaceBlock(
  document: Document,
  section: Section,
  operation: Of<'replace_block'>,
): Change | Refusal {
  const found = findBlock(document, section, operation.block_id);
  if (isRefusal(found)) return found;
  const content = contentOf(operation);
  if (isRefusal(content)) return content;
  const revised = revisedBlock(found.block, content);
  if (revised === found.block) return { reason: 'block text is unchanged' };
  return withBlocks(document, section, section.blocks.with(found.index, revised));
}

function addSection(document: Document, operation: Of<'add_section'>): Change | Refusal {
  const { heading, level, after_section_id, new_id } = operation;
  const after = after_section_id === undefined ? undefined : findSection(document, after_section_id);
  if (after !== undefined && isRefusal(after)) return after;
  const contents = contentsOf(operation.blocks);
  if (isRefusal(contents)) return contents;
  const taken = takenBlockIds(document);
  const id = takenSectionIds(document).take(new_id ?? slug(heading));
  const blocks = contents.map((content) => newBlock(content, taken));
  const section: Section = { id, heading: settledHeading(heading), level, blocks };
  const index = after === undefined ? document.sections.length : document.sections.indexOf(after) + 1;
  const changed = withSections(document, document.sections.toSpliced(index, 0, section));
  return isRefusal(changed) ? changed : { ...changed, assigned_id: id };
}
