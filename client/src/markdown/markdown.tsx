import type { Root } from 'hast';
import { toJsxRuntime } from 'hast-util-to-jsx-runtime';
import { memo, useMemo, useRef } from 'react';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import remend from 'remend';
import { withCitations } from './citations.ts';
import { elements } from './elements.tsx';
import { type Block, growBlocks, markdownTree } from './parse.ts';

const nothing: ReadonlySet<number> = new Set();

type Props = {
  text: string;
  /** The numbers whose `[N]` in the text are citations. */
  cited?: ReadonlySet<number>;
};

function render(tree: Root) {
  return toJsxRuntime(tree, { Fragment, jsx, jsxs, components: elements, passNode: true });
}

/** A finished text. */
export const Markdown = memo(function Markdown({ text, cited = nothing }: Props) {
  return useMemo(() => render(withCitations(markdownTree(text), cited)), [text, cited]);
});

const BlockView = memo(function BlockView({ source, cited }: { source: string; cited: ReadonlySet<number> }) {
  return render(withCitations(markdownTree(source), cited));
});

/** A text that is being written: what is whole is drawn once, only its last block anew with every piece. */
export function GrowingMarkdown({ text, cited = nothing }: Props) {
  const known = useRef<readonly Block[]>([]);
  const blocks = useMemo(() => {
    known.current = growBlocks(known.current, text);
    return known.current;
  }, [text]);
  return blocks.map((block, index) => (
    <BlockView
      key={block.start}
      cited={cited}
      source={index === blocks.length - 1 ? remend(block.source, { linkMode: 'text-only' }) : block.source}
    />
  ));
}
