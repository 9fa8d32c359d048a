/** Bounds that keep hostile text (`[[[[…`) from costing more than a few passes over it. */
const mostSpans = 100;
const mostUnclosed = 4;

/**
 * The parts of `text` that look like a JSON object or array, in order and not inside each other: from an opening
 * bracket to its match, or to the end of the text where the match is missing.
 */
export function findJsonSpans(text: string): string[] {
  const spans: string[] = [];
  let unclosed = 0;
  let at = 0;
  while (spans.length < mostSpans && unclosed < mostUnclosed) {
    const start = nextOpening(text, at);
    if (start === -1) break;
    const end = matchingEnd(text, start);
    spans.push(text.slice(start, end ?? text.length));
    if (end === undefined) unclosed += 1;
    // After an unclosed bracket, which may be mere prose, look on right behind it.
    at = end ?? start + 1;
  }
  return spans;
}

function nextOpening(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{' || text[at] === '[') return at;
  }
  return -1;
}

/** The position behind the bracket that closes the one at `start`; brackets in strings do not count. */
function matchingEnd(text: string, start: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}
