import type { Element, ElementContent, Root, RootContent } from 'hast';

/** A piece of a text: words, or the number that stands there in brackets as a citation. */
export type CitationPiece = { text: string } | { number: number };

/** A text split where it cites one of `cited`; any other `[N]` is words. */
export function citationPieces(text: string, cited: ReadonlySet<number>): CitationPiece[] {
  const pieces: CitationPiece[] = [];
  let from = 0;
  for (const { 0: mark, 1: digits, index } of text.matchAll(/\[(\d{1,9})\]/g)) {
    const number = Number(digits);
    if (!cited.has(number)) continue;
    if (index > from) pieces.push({ text: text.slice(from, index) });
    pieces.push({ number });
    from = index + mark.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** What brackets mean something else in, and what no button may stand in. */
const leftAlone = new Set(['code', 'pre', 'a']);

function withCitation<T extends RootContent | ElementContent>(
  node: T,
  cited: ReadonlySet<number>,
): (T | ElementContent)[] {
  if (node.type === 'text') {
    return citationPieces(node.value, cited).map(
      (piece): ElementContent =>
        'text' in piece ? { type: 'text', value: piece.text } : citationElement(piece.number),
    );
  }
  if (node.type !== 'element' || leftAlone.has(node.tagName)) return [node];
  return [{ ...node, children: node.children.flatMap((child) => withCitation(child, cited)) }];
}

function citationElement(number: number): Element {
  return {
    type: 'element',
    tagName: 'cite',
    properties: {},
    children: [{ type: 'text', value: `${number}` }],
  };
}

/** A tree in which what it cites of `cited` are elements of their own; no text makes a `cite` by itself. */
export function withCitations(tree: Root, cited: ReadonlySet<number>): Root {
  if (cited.size === 0) return tree;
  return { ...tree, children: tree.children.flatMap((child) => withCitation(child, cited)) };
}
