import { createContext, type KeyboardEvent, type ReactNode, useContext, useId } from 'react';
import { useFloating } from './use-floating.ts';

const CloseContext = createContext<() => void>(() => undefined);

type Props = {
  label: string;
  /** What the button shows. */
  trigger: ReactNode;
  className?: string;
  align?: 'start' | 'end';
  children: ReactNode;
};

/** A button that opens a short list of what can be done. */
export function Menu({ label, trigger: shown, className = 'icon-button', align = 'end', children }: Props) {
  const id = useId();
  const { trigger, floating, open, onToggle } = useFloating(align);
  const close = () => void floating.current?.togglePopover(false);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    // Closes the list, and not what it stands in.
    event.stopPropagation();
    close();
  };
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={className}
        aria-label={label}
        title={label}
        popoverTarget={id}
        aria-expanded={open}
        onKeyDown={onKeyDown}
      >
        {shown}
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the buttons in it come by here */}
      <div
        ref={floating}
        id={id}
        popover="auto"
        className="floating menu"
        onToggle={onToggle}
        onKeyDown={onKeyDown}
      >
        <CloseContext.Provider value={close}>{children}</CloseContext.Provider>
      </div>
    </>
  );
}

type ItemProps = {
  icon: ReactNode;
  look?: 'danger';
  /** Set in a list of which one holds: whether it is this one. */
  isCurrent?: boolean;
  onChoose: () => void;
  children: ReactNode;
};

export function MenuItem({ icon, look, isCurrent, onChoose, children }: ItemProps) {
  const close = useContext(CloseContext);
  return (
    <button
      type="button"
      className={look === undefined ? 'menu-item' : `menu-item menu-${look}`}
      aria-current={isCurrent}
      onClick={() => {
        // First, so that the focus is back on the button when what is opened takes it from there.
        close();
        onChoose();
      }}
    >
      {icon}
      {children}
    </button>
  );
}
