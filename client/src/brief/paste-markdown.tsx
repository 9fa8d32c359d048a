import { ClipboardPaste } from 'lucide-react';
import { useState } from 'react';
import { limits } from '../../../src/domain/limits.ts';
import { live } from '../app/client.ts';
import { EditForm } from '../known/edit-form.tsx';
import { useRoomTools } from '../room/room-context.ts';
import { Button } from '../ui/button.tsx';
import { returnFocus } from '../ui/focus.ts';
import { useAction } from '../ui/use-action.ts';

const buttonId = 'paste-markdown';

/** Begins an empty brief with a text that was written elsewhere. */
export function PasteMarkdown() {
  const { roomId } = useRoomTools();
  const [text, setText] = useState<string>();
  const { busy, error, run } = useAction();
  if (text === undefined) {
    return (
      <Button id={buttonId} small className="known-add" onClick={() => setText('')}>
        <ClipboardPaste aria-hidden="true" /> Begin with Markdown
      </Button>
    );
  }
  const close = () => {
    setText(undefined);
    returnFocus(buttonId);
  };
  const begin = () =>
    run(async () => {
      await live.command(roomId, 'brief.apply', { markdown: text });
    });
  return (
    <EditForm
      label="The brief, as Markdown"
      value={text}
      onChange={setText}
      maxLength={limits.brief}
      save="Begin"
      isLong
      busy={busy}
      error={error}
      onSave={() => void begin()}
      onCancel={close}
    />
  );
}
