import { slug, TakenIds } from '../../domain/document/ids.ts';
import { storableText } from '../../domain/text.ts';
import type { Piece, Section } from './extracted.ts';

/** Gathers what a file says into sections, each with an anchor of its own, as headings come. */
export class Sections {
  readonly #taken = new TakenIds();
  readonly #sections: Section[] = [{ heading: '', anchor: '', pieces: [] }];

  /** Begins a section; a heading without words begins none. */
  heading(text: string, anchor?: string): void {
    const heading = storableText(text).replace(/\s+/g, ' ').trim();
    if (heading === '') return;
    this.#sections.push({ heading, anchor: this.#taken.take(anchor ?? slug(heading)), pieces: [] });
  }

  /** Adds to the section that was begun last; blank text adds nothing. */
  add(piece: Piece): void {
    const text = storableText(piece.text)
      .trimEnd()
      .replace(/^\s*\n/, '');
    if (text.trim() !== '') this.#sections.at(-1)?.pieces.push({ ...piece, text });
  }

  all(): Section[] {
    return this.#sections.filter(({ heading, pieces }) => heading !== '' || pieces.length > 0);
  }
}
