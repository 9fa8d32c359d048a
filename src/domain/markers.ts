/** What a model may put into its text for the room rather than for the reader: `[PROMOTE]{…}[/PROMOTE]` and so on. */
export const markerNames = ['PROMOTE', 'QUESTION', 'CHECK'] as const;
export type MarkerName = (typeof markerNames)[number];

/** A marker as it was written; `isQuoted` when it stood in a quotation or in code, and so is not the model's own. */
export type RawMarker = { name: MarkerName; body: string; isQuoted: boolean };

/** What a piece of text came to: what people see of it, and the markers that ended in it. */
export type Parsed = { text: string; markers: RawMarker[] };

const openings = markerNames.map((name) => ({ name, tag: `[${name}]` }));
const closings = markerNames.map((name) => `[/${name}]`);
/** A marker that has not ended after this many characters is none that could be used. */
const mostBody = 8_000;

/**
 * Cuts markers out of a stream, wherever its pieces split. Text outside them is given on at once, but for what could be the
 * beginning of one; what then turns out not to be is released whole. An opening tag counts only before a `{`, also one in
 * a code fence: a text that speaks about markers stays as it is.
 */
export class MarkerParser {
  #held = '';
  #open: { name: MarkerName; isQuoted: boolean } | undefined;
  readonly #line = new LineContext();

  push(piece: string): Parsed {
    this.#held += piece;
    return this.#read(false);
  }

  /** What is left when there is no more. A marker that was not closed goes with it. */
  end(): Parsed {
    return this.#read(true);
  }

  #read(isEnd: boolean): Parsed {
    const parsed: Parsed = { text: '', markers: [] };
    while (this.#held !== '') {
      const goesOn = this.#open === undefined ? this.#readText(parsed, isEnd) : this.#readBody(parsed, isEnd);
      if (!goesOn) break;
    }
    return parsed;
  }

  #readText(parsed: Parsed, isEnd: boolean): boolean {
    const at = this.#held.indexOf('[');
    if (at !== 0) {
      this.#give(parsed, at === -1 ? this.#held.length : at);
      return true;
    }
    const closing = closings.find((tag) => startsWith(this.#held, tag));
    if (closing !== undefined) {
      this.#held = this.#held.slice(closing.length);
      return true;
    }
    const opening = openings.find(({ tag }) => startsWith(this.#held, tag));
    if (opening === undefined) {
      if (!isEnd && couldBecome(this.#held)) return false;
      this.#give(parsed, 1);
      return true;
    }
    const after = /^\s*(?:`{3,}[a-z]*\s*)?(?<next>\S?)/i.exec(this.#held.slice(opening.tag.length));
    const next = after?.groups?.next ?? '';
    if (next === '' || (next === '`' && this.#held.length < opening.tag.length + 20)) {
      if (!isEnd) return false;
      this.#give(parsed, this.#held.length);
      return true;
    }
    if (next !== '{') {
      this.#give(parsed, opening.tag.length);
      return true;
    }
    this.#open = { name: opening.name, isQuoted: this.#line.isQuoted };
    this.#held = this.#held.slice(opening.tag.length);
    return true;
  }

  #readBody(parsed: Parsed, isEnd: boolean): boolean {
    const { name, isQuoted } = this.#open ?? { name: 'PROMOTE', isQuoted: true };
    const tag = `[/${name}]`;
    const end = this.#held.toUpperCase().indexOf(tag);
    const isTooLong = end === -1 ? this.#held.length > mostBody + tag.length : end > mostBody;
    if (end === -1 && !isTooLong && !isEnd) return false;
    const length = isTooLong ? mostBody : end === -1 ? this.#held.length : end;
    const body = this.#held.slice(0, length);
    this.#held = this.#held.slice(end === length ? length + tag.length : length);
    this.#open = undefined;
    parsed.markers.push({ name, body, isQuoted });
    return true;
  }

  #give(parsed: Parsed, length: number): void {
    const text = this.#held.slice(0, length);
    this.#line.take(text);
    parsed.text += text;
    this.#held = this.#held.slice(length);
  }
}

const startsWith = (text: string, tag: string) => text.slice(0, tag.length).toUpperCase() === tag;

/** Whether more text could make a tag of this one. */
function couldBecome(text: string): boolean {
  const start = text.toUpperCase();
  return [...openings.map(({ tag }) => tag), ...closings].some((tag) => tag.startsWith(start));
}

/** Where in markdown a text has come to: in a quotation, in code, or in the open. */
class LineContext {
  #line = '';
  #fence: string | undefined;

  take(text: string): void {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) {
        this.#fence = fenceAfter(this.#line, this.#fence);
        this.#line = '';
      }
      this.#line += part;
    }
  }

  get isQuoted(): boolean {
    const isInline = (this.#line.match(/`/g)?.length ?? 0) % 2 === 1;
    return this.#fence !== undefined || isInline || /^\s{0,3}>/.test(this.#line);
  }
}

function fenceAfter(line: string, open: string | undefined): string | undefined {
  const fence = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
  if (fence === undefined) return open;
  if (open === undefined) return fence;
  return fence.startsWith(open) ? undefined : open;
}
