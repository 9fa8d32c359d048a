import { fenceAfter } from './code-fence.ts';

/** What citing a text came to: what people see of it, and the numbers it cites for the first time. */
export type Cited = { text: string; numbers: number[] };

/** No list of numbers in brackets is longer; past it, it is text. */
const mostHeld = 60;
const list = /^\[\s*\d{1,4}(?:\s*[,;]\s*\d{1,4})*\s*\]/;
const beginning = /^\[[\d\s,;]*$/;

/**
 * Checks the `[N]` of a text while it streams, wherever its pieces split: numbers that were offered stay, a list of them as
 * `[1][2]`; others go, with the space before them. In code, and before the `(` or `:` of a link, brackets mean something
 * else and stay as they are.
 */
export class CitationChecker {
  readonly #offered: ReadonlySet<number>;
  readonly #seen = new Set<number>();
  #held = '';
  #line = '';
  #fence: string | undefined;

  constructor(offered: Iterable<number>) {
    this.#offered = new Set(offered);
  }

  push(piece: string): Cited {
    this.#held += piece;
    return this.#read(false);
  }

  /** What is left when there is no more. */
  end(): Cited {
    return this.#read(true);
  }

  #read(isEnd: boolean): Cited {
    const cited: Cited = { text: '', numbers: [] };
    while (this.#held !== '') {
      const at = this.#held.search(/\s*\[/);
      if (at !== 0) {
        // Spaces at the end may stand before a citation that goes.
        const until = at === -1 ? (isEnd ? this.#held.length : this.#held.trimEnd().length) : at;
        if (until === 0) return cited;
        this.#give(cited, this.#held.slice(0, until), until);
        continue;
      }
      if (!this.#readBracket(cited, isEnd)) return cited;
    }
    return cited;
  }

  /** False when more has to come before it is known what this is. */
  #readBracket(cited: Cited, isEnd: boolean): boolean {
    const space = /^\s*/.exec(this.#held)?.[0] ?? '';
    const rest = this.#held.slice(space.length);
    const whole = list.exec(rest)?.[0];
    const isCode = this.#isInCode(space);
    if (whole === undefined || isCode) {
      if (!isEnd && !isCode && rest.length <= mostHeld && beginning.test(rest)) return false;
      this.#give(cited, space + rest[0], space.length + 1);
      return true;
    }
    const next = rest[whole.length];
    if (next === undefined && !isEnd) return false;
    if (next === '(' || next === ':') {
      this.#give(cited, space + whole, space.length + whole.length);
      return true;
    }
    const numbers = [...new Set((whole.match(/\d+/g) ?? []).map(Number))];
    const kept = numbers.filter((number) => this.#offered.has(number));
    for (const number of kept) {
      if (!this.#seen.has(number)) cited.numbers.push(number);
      this.#seen.add(number);
    }
    const text = kept.length === 0 ? '' : space + kept.map((number) => `[${number}]`).join('');
    this.#give(cited, text, space.length + whole.length);
    return true;
  }

  #give(cited: Cited, text: string, length: number): void {
    cited.text += text;
    this.#held = this.#held.slice(length);
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) {
        this.#fence = fenceAfter(this.#line, this.#fence);
        this.#line = '';
      }
      this.#line += part;
    }
  }

  #isInCode(space: string): boolean {
    const fence = space.includes('\n') ? fenceAfter(this.#line, this.#fence) : this.#fence;
    const line = space.includes('\n') ? '' : this.#line;
    return fence !== undefined || (line.match(/`/g)?.length ?? 0) % 2 === 1;
  }
}
