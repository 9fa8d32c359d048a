import type { Block, Document, Section } from '../../../src/domain/document/document.ts';
import type { Fact } from '../../../src/domain/fact.ts';

/**
 * How deep each section lies under the headings before it, from 1: whatever levels they were given, none is left out.
 * What comes before the first heading has none.
 */
export function depthsOf(sections: readonly Pick<Section, 'heading' | 'level'>[]): number[] {
  const above: number[] = [];
  return sections.map(({ heading, level }) => {
    if (heading === '') return 1;
    while ((above.at(-1) ?? 0) >= level) above.pop();
    above.push(level);
    return above.length;
  });
}

/** A paragraph being written: one that is there, or a new one at a place. */
export type BlockEdit = {
  text: string;
  sectionId: string;
  /** What it said when the writing began; nothing of a new one. */
  base?: string;
};

/** How an edit stands to the paragraph as it is now. */
export type BlockStanding = { is: 'open' } | { is: 'changed'; theirs: string } | { is: 'gone' };

export function findBlock(document: Document, blockId: string): Block | undefined {
  return document.sections.flatMap(({ blocks }) => blocks).find(({ id }) => id === blockId);
}

export function blockStanding({ base, text }: BlockEdit, block: Block | undefined): BlockStanding {
  if (block === undefined) return { is: 'gone' };
  const isOpen = block.text === base || block.text === text.trim();
  return isOpen ? { is: 'open' } : { is: 'changed', theirs: block.text };
}

/** Names the place of a new paragraph, on the desk: right after another, or at the end of a section. */
export const placeAfter = (blockId: string) => `after-${blockId}`;
export const placeIn = (sectionId: string) => `in-${sectionId}`;

/** The edits that there is no place for in the document any more. */
export function lostEdits({ sections }: Document, edits: Readonly<Record<string, BlockEdit>>): string[] {
  const places = new Set(
    sections.flatMap(({ id, blocks }) => [
      placeIn(id),
      ...blocks.flatMap((block) => [block.id, placeAfter(block.id)]),
    ]),
  );
  return Object.keys(edits).filter((place) => !places.has(place));
}

/** What a paragraph rests on: each a fact or else a message, by id, with whether it was withdrawn since. */
export type Rest = { id: string; fact: Fact | undefined; isGone: boolean };

export function restsOf({ rests = [], gone = [] }: Block, facts: readonly Fact[]): Rest[] {
  const all = [...new Set([...rests, ...gone])];
  return all.map((id) => ({
    id,
    fact: facts.find(({ factId }) => factId === id),
    isGone: gone.includes(id),
  }));
}

/** The id after which something stands in a list; null: it is the first. */
export function placeBefore(ids: readonly string[], id: string): string | null {
  return ids[ids.indexOf(id) - 1] ?? null;
}

const operationWords: Readonly<Record<string, string>> = {
  replace_block: 'rewording a paragraph',
  append_block: 'adding a paragraph',
  insert_block: 'adding a paragraph',
  remove_block: 'removing a paragraph',
  add_section: 'adding a section',
  remove_section: 'removing a section',
  rename_section: 'renaming a section',
};

/** An operation on the brief in words, with the section it was about where that is known. */
export function operationWord(told: Readonly<Record<string, unknown>>, sections: readonly Section[]): string {
  const { op, section_id, assigned_id, heading, new_heading } = told;
  const words = operationWords[String(op)] ?? 'a change of an unknown kind';
  const section = sections.find(({ id }) => id === section_id || id === assigned_id)?.heading;
  const name = [section, new_heading, heading].find((one) => typeof one === 'string' && one !== '');
  return name === undefined ? words : `${words}: ${name}`;
}
