import { useMemo } from 'react';
import { type BlockDiff, diffDocuments } from '../../../src/domain/document/diff-documents.ts';
import type { Document } from '../../../src/domain/document/document.ts';
import { Markdown } from '../markdown/markdown.tsx';

const kindWords = { added: 'Added', removed: 'Removed', changed: 'Changed' } as const;

/** What differs between two states of the brief, paragraph by paragraph. */
export function DiffList({ before, after }: { before: Document; after: Document }) {
  const entries = useMemo(
    () => diffDocuments(before, after).filter(({ kind }) => kind !== 'kept'),
    [before, after],
  );
  if (entries.length === 0) return <p className="part-none">No paragraph differs.</p>;
  return (
    <ul className="diff">
      {entries.map((entry) => (
        <Entry key={`${entry.kind} ${entry.block.id}`} entry={entry} />
      ))}
    </ul>
  );
}

function Entry({ entry: { kind, heading, block, before } }: { entry: BlockDiff }) {
  if (kind === 'kept') return null;
  const gone = kind === 'removed' ? block : before;
  return (
    <li data-kind={kind}>
      <p className="diff-kind">
        {kindWords[kind]}
        {heading === '' ? '' : ` in “${heading}”`}
      </p>
      {gone === undefined ? null : (
        <del className="markdown">
          <Markdown text={gone.text} />
        </del>
      )}
      {kind === 'removed' ? null : (
        <ins className="markdown">
          <Markdown text={block.text} />
        </ins>
      )}
    </li>
  );
}
