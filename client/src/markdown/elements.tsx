import type { Element } from 'hast';
import { ExternalLink, ImageOff } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { Citation } from './citation.tsx';
import { CodeBlock } from './code-block.tsx';
import { linkTarget } from './link-target.ts';

function Link({ href, children }: { href?: string | undefined; children?: ReactNode }) {
  const target = linkTarget(href);
  if (target === undefined) return <span className="md-dead-link">{children}</span>;
  return (
    <a href={target.href} title={target.where} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

/** Pictures are never fetched: whoever wrote the text would learn who reads it. What is left is where it is. */
function Picture({ src, alt }: { src?: unknown; alt?: string | undefined }) {
  const target = linkTarget(src);
  const label = alt === undefined || alt === '' ? 'picture' : alt;
  if (target === undefined) {
    return (
      <span className="md-picture">
        <ImageOff aria-hidden="true" /> {label}
      </span>
    );
  }
  return (
    <a
      className="md-picture"
      href={target.href}
      title={`Picture, not loaded. ${target.where}`}
      target="_blank"
      rel="noopener noreferrer nofollow"
    >
      <ExternalLink aria-hidden="true" /> {label}
    </a>
  );
}

type PreProps = ComponentProps<'pre'> & { node?: Element | undefined };

function textOf(node: Element): string {
  return node.children
    .map((child) => (child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : ''))
    .join('');
}

function Pre({ node }: PreProps) {
  const code = node?.children.find((child) => child.type === 'element');
  const classes = code?.properties.className;
  const language = Array.isArray(classes) ? String(classes[0] ?? '').replace(/^language-/, '') : '';
  return <CodeBlock code={code === undefined ? '' : textOf(code)} language={language} />;
}

function Table({ children }: ComponentProps<'table'>) {
  return (
    // A wide table scrolls by itself, and so has to be reachable by keyboard. A group: several regions of one name are
    // no landmarks.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region needs focus to be scrolled by keys
    // biome-ignore lint/a11y/useSemanticElements: there are no fields in it
    <section className="md-table" role="group" aria-label="Table" tabIndex={0}>
      <table>{children}</table>
    </section>
  );
}

const heading = (level: 4 | 5 | 6) =>
  function Heading({ children }: { children?: ReactNode }) {
    const Tag = `h${level}` as const;
    return <Tag>{children}</Tag>;
  };

/** A checkbox of a task list: it shows a state and cannot be changed. */
function Check({ checked }: ComponentProps<'input'>) {
  return (
    <input
      type="checkbox"
      checked={checked === true}
      readOnly
      disabled
      aria-label={checked ? 'done' : 'open'}
    />
  );
}

function Cite({ node }: { node?: Element | undefined }) {
  return <Citation number={node === undefined ? Number.NaN : Number(textOf(node))} />;
}

/** What each kind of element of a text becomes. Headings in messages rank below those of the page. */
export const elements = {
  a: Link,
  img: Picture,
  pre: Pre,
  table: Table,
  input: Check,
  cite: Cite,
  h1: heading(4),
  h2: heading(5),
  h3: heading(6),
  h4: heading(6),
  h5: heading(6),
  h6: heading(6),
} as const;
