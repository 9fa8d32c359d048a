import { limits } from '../limits.ts';
import type { Document } from './document.ts';
import { sha1 } from './sha1.ts';

export const preambleId = 'preamble';

/** What a section is called by its heading: `What we found` is `what-we-found`. */
export function slug(heading: string): string {
  const words = heading.toLowerCase().match(/[a-z0-9]+/g) ?? ['section'];
  return words.join('-').slice(0, limits.documentHeading);
}

/** What a block is called by the text it comes with. It stays that when the text is replaced. */
export function blockIdOf(text: string): string {
  return `b${sha1(text).slice(0, 8)}`;
}

/** Ids that are taken, and the next free one for each that is wanted: `intro`, `intro-2`, `intro-3`, … */
export class TakenIds {
  readonly #taken: Set<string>;
  /** Where to go on looking, so that a text said a thousand times is not looked for a million times. */
  readonly #next = new Map<string, number>();

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  take(wanted: string): string {
    let id = wanted;
    let suffix = this.#next.get(wanted) ?? 2;
    for (; this.#taken.has(id); suffix += 1) id = `${wanted}-${suffix}`;
    this.#next.set(wanted, suffix);
    this.#taken.add(id);
    return id;
  }
}

export function takenSectionIds(document: Document): TakenIds {
  return new TakenIds(document.sections.map(({ id }) => id));
}

export function takenBlockIds(document: Document): TakenIds {
  return new TakenIds(document.sections.flatMap(({ blocks }) => blocks.map(({ id }) => id)));
}
