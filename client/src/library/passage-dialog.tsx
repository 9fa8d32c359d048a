import { useEffect, useRef, useState } from 'react';
import { asKibitzError } from '../../../src/lib/errors.ts';
import type { Passage, PassageResult } from '../../../src/protocol/sources.ts';
import { api } from '../api/api.ts';
import { Markdown } from '../markdown/markdown.tsx';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { Modal } from '../ui/dialog.tsx';
import { timeWords } from './offered.ts';

type Props = { sourceId: string; chunkId: string; onClose: () => void };
type Loaded = { result: PassageResult } | { error: string } | undefined;

/** A passage of the library between its neighbours, as the file has it. */
export function PassageDialog({ sourceId, chunkId, onClose }: Props) {
  const { roomId } = useRoomTools();
  const source = useLiveRoom((room) => room.state.sources.find((one) => one.sourceId === sourceId));
  const [loaded, setLoaded] = useState<Loaded>();
  useEffect(() => {
    let left = false;
    setLoaded(undefined);
    api.passage(roomId, sourceId, chunkId).then(
      (result) => left || setLoaded({ result }),
      (error: unknown) => left || setLoaded({ error: asKibitzError(error).message }),
    );
    return () => {
      left = true;
    };
  }, [roomId, sourceId, chunkId]);
  const result = loaded !== undefined && 'result' in loaded ? loaded.result : undefined;
  const title = result?.passage.title ?? source?.title ?? 'A passage of the library';
  return (
    <Modal open onClose={onClose} title={title} shape="drawer">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region needs focus to be scrolled by keys */}
      <section className="passages" aria-label="Passage" aria-busy={loaded === undefined} tabIndex={0}>
        {loaded === undefined ? <p className="part-none">Opening the passage…</p> : null}
        {loaded !== undefined && 'error' in loaded ? (
          <p className="field-error" role="alert">
            {source === undefined ? 'This source is not in the library any more.' : loaded.error}
          </p>
        ) : null}
        {result === undefined ? null : <Passages result={result} />}
      </section>
    </Modal>
  );
}

function Passages({ result: { passage, before, after } }: { result: PassageResult }) {
  const cited = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Some browsers answer with a promise, which is no way to clean up.
    void cited.current?.scrollIntoView({ block: 'center' });
  }, []);
  return (
    <>
      {before.map((one) => (
        <PassageText key={one.chunkId} passage={one} />
      ))}
      <div ref={cited} className="passage-cited">
        <PassageText passage={passage} />
      </div>
      {after.map((one) => (
        <PassageText key={one.chunkId} passage={one} />
      ))}
    </>
  );
}

function PassageText({ passage: { heading, text, start, end } }: { passage: Passage }) {
  return (
    <div className="passage">
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
    </div>
  );
}
