import type { ElementContent, Root } from 'hast';
import type { Nodes, Parents, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { type Handlers, toHast } from 'mdast-util-to-hast';
import { gfm } from 'micromark-extension-gfm';

type Text = { value: string };
type Footnote = { identifier: string; label?: string | null };

function asText(value: string): ElementContent {
  return { type: 'text', value };
}

/** HTML in a message is text like any other: shown as it was written, never taken for markup. */
const handlers: Handlers = {
  // Without the line feed that would follow it: line feeds are shown, see markdown.css.
  break: (): ElementContent => ({ type: 'element', tagName: 'br', properties: {}, children: [] }),
  html: (_state, node: Text, parent: Parents | undefined): ElementContent =>
    parent === undefined || ['root', 'blockquote', 'listItem'].includes(parent.type)
      ? { type: 'element', tagName: 'p', properties: {}, children: [asText(node.value)] }
      : asText(node.value),
  footnoteReference: (_state, node: Footnote): ElementContent =>
    asText(`[^${node.label ?? node.identifier}]`),
  footnoteDefinition: (state, node: Footnote & Parents): ElementContent => ({
    type: 'element',
    tagName: 'div',
    properties: {},
    children: [asText(`[^${node.label ?? node.identifier}] `), ...state.all(node)],
  }),
};

function toMdast(text: string) {
  return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

function toHastRoot(tree: Nodes): Root {
  const hast = toHast(tree, { handlers });
  return hast.type === 'root' ? hast : { type: 'root', children: [hast as ElementContent] };
}

/** A message's markdown as a tree that holds no markup of its author's own making. */
export function markdownTree(text: string): Root {
  return toHastRoot(toMdast(text));
}

/** A block of a text that is being written: `start` is where its source begins. */
export type Block = { start: number; source: string };

/**
 * The top-level blocks of a growing text. A block that another one follows never changes again, so only what comes
 * from the last known block on is parsed: a long reply costs no more per token than a short one.
 */
export function growBlocks(before: readonly Block[], text: string): readonly Block[] {
  const last = before.at(-1);
  const goesOn = last !== undefined && text.startsWith(last.source, last.start);
  const kept = goesOn ? before.slice(0, -1) : [];
  const from = goesOn ? last.start : 0;
  const starts = toMdast(text.slice(from)).children.map(
    (node: RootContent) => node.position?.start.offset ?? 0,
  );
  const ends = [...starts.slice(1), text.length - from];
  const grown = starts.map((_, index): Block => {
    const start = index === 0 ? 0 : (starts[index] ?? 0);
    return { start: from + start, source: text.slice(from + start, from + (ends[index] ?? 0)) };
  });
  return [...kept, ...grown];
}
