import { X } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { Modal } from '../ui/dialog.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { AskTalk } from './ask-talk.tsx';

const title = 'Ask quietly';
const opener = () => document.querySelector<HTMLElement>('.composer-ask');
const composer = () => document.querySelector<HTMLElement>('.composer textarea');

/** Asking on the side, beside the conversation. */
export function AskPanel({ onClose }: { onClose: () => void }) {
  const close = () => {
    opener()?.focus();
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !event.nativeEvent.isComposing) close();
  };
  return (
    <aside className="room-side room-side-wide room-side-ask" aria-label={title} onKeyDown={onKeyDown}>
      <div className="panel-head">
        <h2>{title}</h2>
        <IconButton label="Close the side questions" onClick={close}>
          <X />
        </IconButton>
      </div>
      <AskTalk onBrought={() => composer()?.focus()} />
    </aside>
  );
}

/** The same over the conversation, where there is no room beside it. */
export function AskDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const brought = useRef(false);
  const afterwards = () => {
    const to = brought.current ? composer() : opener();
    brought.current = false;
    return to;
  };
  return (
    <Modal open={open} onClose={onClose} title={title} shape="tall" focusAfter={afterwards}>
      <AskTalk
        onBrought={() => {
          brought.current = true;
          onClose();
        }}
      />
    </Modal>
  );
}
