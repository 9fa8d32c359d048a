import { fenceAfter } from './code-fence.ts';

/** What a model may put into its text for the room rather than for the reader: `[PROMOTE]{…}[/PROMOTE]` and so on. */
export const markerNames = ['PROMOTE', 'QUESTION', 'CHECK'] as const;
export type MarkerName = (typeof markerNames)[number];

/** A marker as it was written; `isQuoted` when it stood in a quotation or in code, and so is not the model's own. */
export type RawMarker = { name: MarkerName; body: string; isQuoted: boolean };

/** What a piece of text came to: what people see of it, and the markers that ended in it. */
export type Parsed = { text: string; markers: RawMarker[] };

const names = markerNames.join('|');
const opening = new RegExp(`^\\[\\s*(${names})\\s*\\]`, 'i');
const closing = new RegExp(`^\\[\\s*/\\s*(?:${names})\\s*\\]`, 'i');
const anyOpening = new RegExp(`\\[\\s*(?:${names})\\s*\\]`, 'i');
const tags = markerNames.flatMap((name) => [`[${name}]`, `[/${name}]`]);

/** A tag with spaces in it is no longer than this. */
const mostTag = 24;
/** What may stand between an opening tag and its `{`: a fence, a tag of HTML, a few words. */
const mostLead = 200;
/** A marker that has not ended after this many characters is none that could be used. */
const mostBody = 8_000;
/** A closing tag may stand in a text of the JSON itself; the JSON then ends this soon after it. */
const mostAfterTag = 300;

/**
 * Cuts markers out of a stream, wherever its pieces split. Text outside them is given on at once, but for what could be the
 * beginning of one; what then turns out not to be is released whole. What stands between an opening and its closing tag is
 * cut whatever it is; a tag that is only spoken of, with neither JSON nor a closing tag near, stays.
 */
export class MarkerParser {
  #held = '';
  #open: { name: MarkerName; tag: string; isQuoted: boolean } | undefined;
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
    while (this.#held !== '' || (isEnd && this.#open !== undefined)) {
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
    const closed = closing.exec(this.#held)?.[0];
    if (closed !== undefined) {
      this.#held = this.#held.slice(closed.length);
      return true;
    }
    const [tag, name] = opening.exec(this.#held) ?? [];
    if (tag === undefined || name === undefined) {
      if (!isEnd && couldBecome(this.#held)) return false;
      this.#give(parsed, 1);
      return true;
    }
    this.#open = { name: name.toUpperCase() as MarkerName, tag, isQuoted: this.#line.isQuoted };
    this.#held = this.#held.slice(tag.length);
    return true;
  }

  /** False when more has to come before it is known where the marker ends. */
  #readBody(parsed: Parsed, isEnd: boolean): boolean {
    const { name, tag } = this.#open ?? { name: 'PROMOTE' as const, tag: '' };
    const text = this.#held;
    const end = closingIn(text, name);
    const brace = text.indexOf('{');
    const next = anyOpening.exec(text)?.index ?? text.length;
    const isJson = brace !== -1 && brace <= mostLead && brace < next && (end === undefined || brace < end.at);
    if (isJson) return this.#readJson(parsed, isEnd, brace, end);
    if (end !== undefined && end.at <= mostLead && end.at < next) {
      return this.#close(parsed, end.at, end.at + end.length);
    }
    // Neither JSON nor an end near: the tag is only spoken of.
    const isKnown = text.length > mostLead + mostTag || next < Math.min(text.length, mostLead);
    if (!isKnown && !isEnd) return false;
    if (isEnd && text.trim() === '') return this.#close(parsed, text.length, text.length);
    this.#open = undefined;
    this.#line.take(tag);
    parsed.text += tag;
    return true;
  }

  #readJson(parsed: Parsed, isEnd: boolean, brace: number, first: Tag | undefined): boolean {
    const text = this.#held;
    const last = first === undefined ? mostBody : Math.min(mostBody, first.at + first.length + mostAfterTag);
    const object = objectEnd(text.slice(0, last), brace);
    if (object === -1) {
      if (text.length < last && !isEnd) return false;
      if (first !== undefined && first.at <= mostBody) {
        return this.#close(parsed, first.at, first.at + first.length);
      }
      const all = Math.min(text.length, mostBody);
      return this.#close(parsed, all, all);
    }
    // Behind the JSON the closing tag, perhaps after the end of a fence or of a tag of HTML.
    const rest = text.slice(object);
    const [between = ''] = /^[\s`*\]]*(?:<\/?\w{0,10}>)?[\s`*]*/.exec(rest) ?? [];
    const tag = closing.exec(rest.slice(between.length))?.[0];
    if (tag !== undefined) return this.#close(parsed, object, object + between.length + tag.length);
    const mayCome = rest.length < mostTag && (rest.length === between.length || /^[\s`*\]]*[[<]/.test(rest));
    if (mayCome && !isEnd) return false;
    return this.#close(parsed, object, object);
  }

  /** Ends the open marker: its body is before `at`, and the text goes on behind `until`. */
  #close(parsed: Parsed, at: number, until: number): boolean {
    const { name, isQuoted } = this.#open ?? { name: 'PROMOTE' as const, isQuoted: true };
    parsed.markers.push({ name, body: this.#held.slice(0, at), isQuoted });
    this.#held = this.#held.slice(until);
    this.#open = undefined;
    return true;
  }

  #give(parsed: Parsed, length: number): void {
    const text = this.#held.slice(0, length);
    this.#line.take(text);
    parsed.text += text;
    this.#held = this.#held.slice(length);
  }
}

/** Whether more text could make a tag of this one. */
function couldBecome(text: string): boolean {
  if (text.length >= mostTag) return false;
  const start = text.replace(/\s+/g, '').toUpperCase();
  return tags.some((tag) => tag.startsWith(start));
}

type Tag = { at: number; length: number };

function closingIn(text: string, name: MarkerName): Tag | undefined {
  const found = new RegExp(`\\[\\s*/\\s*${name}\\s*\\]`, 'i').exec(text);
  return found === null ? undefined : { at: found.index, length: found[0].length };
}

/** Where the object that begins at `start` ends; -1 while it does not. */
function objectEnd(text: string, start: number): number {
  let depth = 0;
  let isString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (isString) {
      if (character === '\\') at += 1;
      else if (character === '"') isString = false;
    } else if (character === '"') isString = true;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
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
