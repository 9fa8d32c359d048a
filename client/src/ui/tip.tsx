import type { ReactNode } from 'react';
import { useFloating } from './use-floating.ts';

type Props = {
  /** Names the button, and says what the tip says. */
  label: string;
  tip: ReactNode;
  className: string;
  align?: 'start' | 'end';
  /** What a click does, where that is not showing the tip. */
  onClick?: () => void;
  children: ReactNode;
};

/** Something about which there is more to know: on hover, focus or a tap. */
export function Tip({ label, tip, className, align = 'end', onClick, children }: Props) {
  const { trigger, floating, onToggle } = useFloating(align);
  const show = () => floating.current?.togglePopover(true);
  const hide = () => floating.current?.togglePopover(false);
  const clicked = () => {
    hide();
    onClick?.();
  };
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={className}
        aria-label={label}
        onMouseEnter={show}
        onMouseLeave={hide}
        onFocus={show}
        onBlur={hide}
        onClick={onClick === undefined ? show : clicked}
        onKeyDown={(event) => event.key === 'Escape' && hide()}
      >
        {children}
      </button>
      {/* The name of the button says it already. */}
      <div ref={floating} popover="manual" className="floating tip" aria-hidden="true" onToggle={onToggle}>
        {tip}
      </div>
    </>
  );
}
