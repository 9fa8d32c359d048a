import { useEffect, useRef } from 'react';
import type { Passage } from '../../../src/protocol/sources.ts';
import { sourceAddress } from '../app/route.ts';
import { Markdown } from '../markdown/markdown.tsx';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Modal } from '../ui/dialog.tsx';
import { timeWords } from './offered.ts';
import { useSource } from './use-source.ts';

type Props = { sourceId: string; chunkId: string | undefined; onClose: () => void };

/** A source of the library as it reads from one section to the next, from a passage of it if one is named. */
export function SourceView({ sourceId, chunkId, onClose }: Props) {
  const listed = useLiveRoom((room) => room.state.sources.find((one) => one.sourceId === sourceId));
  const { read, error, busy, more } = useSource(sourceId, chunkId);
  const title = read?.source.title ?? listed?.title ?? 'A source of the library';
  const first = read?.passages.at(0)?.ordinal ?? 0;
  const next = (read?.passages.at(-1)?.ordinal ?? -1) + 1;
  return (
    <Modal open onClose={onClose} title={title} shape="reader">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region needs focus to be scrolled by keys */}
      <section className="passages" aria-label="Passages" aria-busy={busy} tabIndex={0}>
        {read === undefined && error === undefined ? <p className="part-none">Opening the source…</p> : null}
        {read !== undefined && first > 0 ? (
          <Button small disabled={busy} onClick={() => more('before')}>
            Show what comes before
          </Button>
        ) : null}
        {read === undefined ? null : (
          // Anew with each passage that is named, so that it is gone to.
          <Passages key={chunkId} passages={read.passages} chunkId={chunkId} />
        )}
        {error === undefined ? null : (
          <p className="field-error" role="alert">
            {listed === undefined ? 'This source is not in the library any more.' : error}
          </p>
        )}
        {read !== undefined && next < read.source.chunks ? (
          <Button small disabled={busy} onClick={() => more('after')}>
            Show more
          </Button>
        ) : null}
      </section>
    </Modal>
  );
}

function Passages({ passages, chunkId }: { passages: readonly Passage[]; chunkId: string | undefined }) {
  const cited = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Some browsers answer with a promise, which is no way to clean up.
    void cited.current?.scrollIntoView({ block: 'center' });
  }, []);
  return passages.map((passage, index) => {
    const isCited = passage.chunkId === chunkId;
    const { heading } = passage;
    return (
      <div
        key={passage.chunkId}
        ref={isCited ? cited : undefined}
        className={isCited ? 'passage passage-cited' : 'passage'}
        data-passage={passage.chunkId}
        aria-current={isCited ? 'true' : undefined}
      >
        <PassageText passage={passage} heading={heading === passages[index - 1]?.heading ? '' : heading} />
      </div>
    );
  });
}

type TextProps = { passage: Passage; heading: string };

function PassageText({ passage: { sourceId, chunkId, text, start, end }, heading }: TextProps) {
  const { roomId } = useRoomTools();
  const address = () => `${location.origin}/rooms/${roomId}${sourceAddress(sourceId, chunkId)}`;
  return (
    <>
      <CopyButton className="passage-link" text={address} label="Copy a link to this passage" />
      {heading === '' ? null : <h3>{heading}</h3>}
      {start === undefined ? null : (
        <p className="passage-time">
          {timeWords(start)}
          {end === undefined ? '' : ` to ${timeWords(end)}`}
        </p>
      )}
      <div className="markdown">
        <Markdown text={text} />
      </div>
    </>
  );
}
