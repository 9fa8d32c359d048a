import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import type { Extracted, PieceKind } from './extracted.ts';
import { Sections } from './sections.ts';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** What is not read: it is not text, or not what the page says. */
const skipped = new Set(
  'script style noscript template svg math iframe object embed canvas head nav form button select dialog'.split(
    ' ',
  ),
);
/** What runs along in a line of text. */
const inline = new Set(
  `a abbr b bdi bdo cite code data del dfn em font i img input ins kbd label mark q rp rt ruby s samp small span strike
  strong sub sup time tt u var wbr`.split(/\s+/),
);
const headings = /^h[1-6]$/;

/** The text of a page, by its headings. Nothing is run, rendered or fetched. */
export function extractHtml(text: string): Extracted {
  const document = parse(text);
  const head = find(document, 'head');
  const title = head === undefined ? '' : oneLine(find(head, 'title'));
  const author = head === undefined ? undefined : authorIn(head);
  const body = find(document, 'main') ?? find(document, 'body') ?? document;
  const sections = new Sections();
  walk(body, sections);
  return { format: 'html', title: title === '' ? undefined : title, author, sections: sections.all() };
}

/** Reads what stands between blocks as paragraphs, and each block by what it is. */
function walk(parent: Node, sections: Sections): void {
  let line: Node[] = [];
  const endLine = () => {
    sections.add({
      kind: 'paragraph',
      text: line
        .map(flat)
        .join('')
        .replace(/ *\n */g, '\n')
        .trim(),
    });
    line = [];
  };
  for (const node of childrenOf(parent)) {
    if (!isElement(node) || inline.has(node.tagName) || node.tagName === 'br') {
      line.push(node);
      continue;
    }
    endLine();
    block(node, sections);
  }
  endLine();
}

function block(element: Element, sections: Sections): void {
  const name = element.tagName;
  if (skipped.has(name) || element.attrs.some(({ name }) => name === 'hidden')) return;
  if (headings.test(name)) {
    sections.heading(flat(element));
    return;
  }
  const kind = blocks[name];
  if (kind === undefined || hasHeading(element)) walk(element, sections);
  else sections.add({ kind: kind.kind, text: kind.text(element) });
}

const blocks: Readonly<Record<string, { kind: PieceKind; text(element: Element): string }>> = {
  ul: { kind: 'list', text: (list) => listText(list, '') },
  ol: { kind: 'list', text: (list) => listText(list, '') },
  table: { kind: 'table', text: tableText },
  pre: { kind: 'code', text: codeText },
};

function listText(list: Element, indent: string): string {
  const items = childrenOf(list).filter(isElement);
  return items
    .map((item, index) => {
      const mark = list.tagName === 'ol' ? `${index + 1}.` : '-';
      const isList = (node: Node): node is Element =>
        isElement(node) && (node.tagName === 'ul' || node.tagName === 'ol');
      const own = childrenOf(item)
        .filter((node) => !isList(node))
        .map((node) => `${flat(node)} `)
        .join('')
        .replace(/\s+/g, ' ')
        .trim();
      const inner = childrenOf(item).filter(isList);
      return [`${indent}${mark} ${own}`, ...inner.map((one) => listText(one, `${indent}  `))].join('\n');
    })
    .join('\n');
}

function tableText(table: Element): string {
  const rows = all(table, 'tr').map((row) => {
    const cells = childrenOf(row).filter(isElement);
    return `| ${cells.map((cell) => oneLine(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return rows.join('\n');
}

function codeText(pre: Element): string {
  const code = textOf(pre).trimEnd().replace(/^\n/, '');
  let fence = '```';
  while (code.includes(fence)) fence += '`';
  return code.trim() === '' ? '' : `${fence}\n${code}\n${fence}`;
}

const isElement = (node: Node): node is Element => 'tagName' in node;
const childrenOf = (node: Node): readonly Node[] => ('childNodes' in node ? node.childNodes : []);

function find(node: Node, name: string): Element | undefined {
  return all(node, name, 1)[0];
}

/** The elements of a name within a node, in order; nothing within one of them is looked at. */
function all(node: Node, name: string, most = Number.POSITIVE_INFINITY): Element[] {
  const found: Element[] = [];
  const waiting = [...childrenOf(node)].reverse();
  while (waiting.length > 0 && found.length < most) {
    const next = waiting.pop() as Node;
    if (isElement(next) && next.tagName === name) found.push(next);
    else waiting.push(...[...childrenOf(next)].reverse());
  }
  return found;
}

function hasHeading(element: Element): boolean {
  return ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].some((name) => find(element, name) !== undefined);
}

function textOf(node: Node): string {
  if ('value' in node) return node.value;
  if (isElement(node) && skipped.has(node.tagName)) return '';
  if (isElement(node) && node.tagName === 'br') return '\n';
  const text = childrenOf(node).map(textOf).join('');
  return isElement(node) && !inline.has(node.tagName) && node.tagName !== 'pre' ? ` ${text} ` : text;
}

/** Text with its spaces run together; only `br` breaks a line. */
function flat(node: Node): string {
  if (isElement(node) && node.tagName === 'br') return '\n';
  return textOf(node).replace(/\s+/g, ' ');
}

function oneLine(node: Node | undefined): string {
  return node === undefined ? '' : flat(node).replace(/\s+/g, ' ').trim();
}

function authorIn(head: Element): string | undefined {
  const attribute = (element: Element, name: string) => element.attrs.find((one) => one.name === name)?.value;
  const meta = all(head, 'meta').find((element) => attribute(element, 'name')?.toLowerCase() === 'author');
  return meta === undefined ? undefined : attribute(meta, 'content');
}
