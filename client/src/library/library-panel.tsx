import { Upload } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { limits } from '../../../src/domain/limits.ts';
import { useLiveRoom } from '../room/room-context.ts';
import { roleOf } from '../store/room-view.ts';
import { acceptedFiles } from '../store/uploads.ts';
import { Button } from '../ui/button.tsx';
import { PanelHead } from '../ui/panel-head.tsx';
import { SourceItem } from './source-item.tsx';
import { UploadList } from './upload-list.tsx';
import { useUploads } from './use-uploads.ts';

/** The files that the bots of the room look things up in. */
export function LibraryPanel() {
  const sources = useLiveRoom((room) => room.state.sources);
  const mayChange = useLiveRoom((room) => roleOf(room) !== 'spectator');
  const { uploads, add, dismiss } = useUploads();
  const { isOver, ...dropping } = useDrop(add);
  return (
    <section
      className="library"
      aria-label="Files of the library"
      data-over={mayChange && isOver}
      {...(mayChange ? dropping : {})}
    >
      <PanelHead title="Library" />
      {mayChange ? <AddFiles onFiles={add} /> : null}
      <UploadList uploads={uploads} onDismiss={dismiss} />
      {sources.length === 0 ? <Empty mayChange={mayChange} /> : null}
      <ul className="sources">
        {sources.map((source) => (
          <SourceItem key={source.sourceId} source={source} mayRemove={mayChange} />
        ))}
      </ul>
    </section>
  );
}

function Empty({ mayChange }: { mayChange: boolean }) {
  return (
    <p className="part-none">
      Nothing here yet. A library is what the bots of this room look things up in: manuals, articles, notes,
      transcripts. Their replies then cite the passages they rest on, and a click shows them.
      {mayChange ? '' : ' Those who take part can add files.'}
    </p>
  );
}

function AddFiles({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="library-add">
      <Button onClick={() => input.current?.click()}>
        <Upload aria-hidden="true" /> Add files
      </Button>
      <p className="field-hint">
        Or drop them here: {acceptedFiles.replaceAll(',', ', ')}, up to {limits.sourceBytes / 1024 / 1024} MB
        each.
      </p>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={acceptedFiles}
        aria-label="Files for the library"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // So that the same file can be chosen again.
          target.value = '';
        }}
      />
    </div>
  );
}

/** Takes files that are dropped, and tells whether some are held over the place. */
function useDrop(onFiles: (files: readonly File[]) => void) {
  const [isOver, setOver] = useState(false);
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  const onDragOver = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    setOver(true);
  };
  const onDragLeave = (event: DragEvent) => {
    const to = event.relatedTarget;
    if (!(to instanceof Node && event.currentTarget.contains(to))) setOver(false);
  };
  const onDrop = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return { isOver, onDragOver, onDragLeave, onDrop };
}
