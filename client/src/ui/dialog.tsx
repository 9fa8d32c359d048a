import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';

type Props = {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: string;
  /** `side`, the wider `drawer` and the widest, `reader`: along the edge, for what is looked up beside the conversation; `tall`: from the bottom up. */
  shape?: 'middle' | 'side' | 'drawer' | 'reader' | 'tall';
  /** What is to have the focus afterwards, where that is not what had it before. */
  focusAfter?: () => HTMLElement | null;
  children: ReactNode;
};

/** A modal with a heading and a way out. Focus goes in, stays in and comes back. */
export function Modal({ open, onClose, title, description, shape = 'middle', focusAfter, children }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className={`dialog dialog-${shape}`} finalFocus={() => focusAfter?.() ?? true}>
          <header className="dialog-head">
            <Dialog.Title className="dialog-title">{title}</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label="Close" title="Close">
              <X />
            </Dialog.Close>
          </header>
          {description === undefined ? null : (
            <Dialog.Description className="dialog-description">{description}</Dialog.Description>
          )}
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
