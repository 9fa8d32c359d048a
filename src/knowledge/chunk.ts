import type { Piece, Section } from './extract/extracted.ts';
import { unitsOf } from './split-piece.ts';

/** Characters that a passage has if what it is made of allows, that it never passes, and below which one is too small. */
export const chunkSizes = { usual: 1_200, most: 2_400, least: 200 } as const;

/** A passage of a file: what is searched, shown and cited. */
export type Chunk = {
  /** Its place in the file, from 0. */
  ordinal: number;
  heading: string;
  anchor: string;
  text: string;
  /** Of what is said in a recording: milliseconds from its beginning. */
  start?: number;
  end?: number;
};

type Draft = { text: string; start?: number; end?: number };

/**
 * Cuts a file into passages that belong to one section each. Paragraphs, lists, tables and fences stay whole where they fit; else
 * they are cut between their lines, items, rows or sentences. All text is in them, in order; a heading with nothing under it
 * opens the next passage.
 */
export function chunk(sections: readonly Section[]): Chunk[] {
  const chunks: Chunk[] = [];
  let bare: Piece[] = [];
  for (const { heading, anchor, pieces } of sections) {
    if (pieces.length === 0) {
      bare.push({ kind: 'paragraph', text: heading });
      continue;
    }
    for (const draft of drafts([...bare, ...pieces]))
      chunks.push({ ordinal: chunks.length, heading, anchor, ...draft });
    bare = [];
  }
  for (const draft of drafts(bare))
    chunks.push({ ordinal: chunks.length, heading: '', anchor: '', ...draft });
  return chunks;
}

function drafts(pieces: readonly Piece[]): Draft[] {
  const done: Draft[] = [];
  let open: Draft | undefined;
  const end = () => {
    if (open !== undefined) done.push(open);
    open = undefined;
  };
  for (const piece of pieces) {
    const units = unitsOf(piece, chunkSizes);
    units.forEach((text, index) => {
      const next = { ...timesOf(piece), text };
      const separator = piece.kind === 'cue' ? '\n' : '\n\n';
      // The parts of what had to be cut are passages of their own; what is before them joins the first if it is small.
      const mayJoin = index === 0 && open !== undefined && fits(open, next, separator);
      if (!mayJoin) end();
      open = open === undefined ? next : together(open, next, separator);
      if (index < units.length - 1) end();
    });
  }
  end();
  return withoutCrumbs(done);
}

/** What is before joins the next where the two are small, or it alone is very small. */
function fits(open: Draft, next: Draft, separator: string): boolean {
  const length = open.text.length + separator.length + next.text.length;
  return length <= (open.text.length < chunkSizes.least ? chunkSizes.most : chunkSizes.usual);
}

/** A small rest at the end goes to what is before it. */
function withoutCrumbs(all: Draft[]): Draft[] {
  const [before, last] = all.slice(-2);
  if (before === undefined || last === undefined || last.text.length >= chunkSizes.least) return all;
  const joined = together(before, last, '\n\n');
  return joined.text.length > chunkSizes.most ? all : [...all.slice(0, -2), joined];
}

function together(a: Draft, b: Draft, separator: string): Draft {
  const { start = b.start } = a;
  const { end = a.end } = b;
  return {
    text: a.text + separator + b.text,
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
  };
}

function timesOf({ start, end }: Piece): Omit<Draft, 'text'> {
  return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
}
