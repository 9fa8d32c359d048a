import type { SourceFormat } from '../../domain/source.ts';

export type PieceKind = 'paragraph' | 'list' | 'table' | 'code' | 'cue';

/** What belongs together in a file: a paragraph, a whole list, table or fence, or what is said at a time. */
export type Piece = {
  kind: PieceKind;
  text: string;
  /** Of what is said in a recording: milliseconds from its beginning. */
  start?: number;
  end?: number;
};

/** What stands under a heading; before the first one, heading and anchor are empty. */
export type Section = { heading: string; anchor: string; pieces: Piece[] };

/** A file as text in order. `title` and `author` are what the file says of itself. */
export type Extracted = {
  format: SourceFormat;
  title?: string | undefined;
  author?: string | undefined;
  sections: Section[];
};
