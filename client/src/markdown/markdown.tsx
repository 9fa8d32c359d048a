import type { Root } from 'hast';
import { toJsxRuntime } from 'hast-util-to-jsx-runtime';
import { memo, useMemo, useRef } from 'react';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import remend from 'remend';
import { elements } from './elements.tsx';
import { type Block, growBlocks, markdownTree } from './parse.ts';

function render(tree: Root) {
  return toJsxRuntime(tree, { Fragment, jsx, jsxs, components: elements, passNode: true });
}

/** A finished text. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return useMemo(() => render(markdownTree(text)), [text]);
});

const BlockView = memo(function BlockView({ source }: { source: string }) {
  return render(markdownTree(source));
});

/** A text that is being written: what is whole is drawn once, only its last block anew with every piece. */
export function GrowingMarkdown({ text }: { text: string }) {
  const known = useRef<readonly Block[]>([]);
  const blocks = useMemo(() => {
    known.current = growBlocks(known.current, text);
    return known.current;
  }, [text]);
  return blocks.map((block, index) => (
    <BlockView
      key={block.start}
      source={index === blocks.length - 1 ? remend(block.source, { linkMode: 'text-only' }) : block.source}
    />
  ));
}
