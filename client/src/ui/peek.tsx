import { type FocusEvent, type KeyboardEvent, type MouseEvent, type ReactNode, useRef } from 'react';
import { useFloating } from './use-floating.ts';

type Props = { className: string; trigger: ReactNode; children: ReactNode };

/** Time to get with the pointer from the button to what it shows. */
const reachMs = 220;

/** A button that shows links on hover, focus or a tap; they can be reached from it. */
export function Peek({ className, trigger: shown, children }: Props) {
  const { trigger, floating, open, onToggle } = useFloating('start');
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  const show = () => {
    clearTimeout(leaving.current);
    floating.current?.togglePopover(true);
  };
  const hide = () => void floating.current?.togglePopover(false);
  const hideSoon = () => {
    leaving.current = setTimeout(hide, reachMs);
  };
  const onBlur = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) hide();
  };
  const onClick = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest('a') !== null) hide();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    hide();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is in it is what people interact with
    <span
      onMouseEnter={show}
      onMouseLeave={hideSoon}
      onFocus={show}
      onBlur={onBlur}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      <button ref={trigger} type="button" className={className} aria-expanded={open} onClick={show}>
        {shown}
      </button>
      <div ref={floating} popover="auto" className="floating menu peek" onToggle={onToggle}>
        {children}
      </div>
    </span>
  );
}
