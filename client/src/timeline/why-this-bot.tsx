import { CircleQuestionMark } from 'lucide-react';
import type { Addressee } from '../../../src/domain/event.ts';
import { whyWords } from '../store/why.ts';
import { useFloating } from '../ui/use-floating.ts';

/** Why this bot answered, on hover, focus or a tap. */
export function WhyThisBot({ addressee, name }: { addressee: Addressee; name: string }) {
  const { trigger, floating, onToggle } = useFloating();
  const words = whyWords(addressee);
  const show = () => floating.current?.togglePopover(true);
  const hide = () => floating.current?.togglePopover(false);
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className="why"
        aria-label={`Why ${name} answered: ${words}`}
        onMouseEnter={show}
        onMouseLeave={hide}
        onFocus={show}
        onBlur={hide}
        onClick={show}
        onKeyDown={(event) => event.key === 'Escape' && hide()}
      >
        <CircleQuestionMark aria-hidden="true" />
      </button>
      {/* The name of the button says it already. */}
      <div ref={floating} popover="manual" className="floating tip" aria-hidden="true" onToggle={onToggle}>
        <strong>Why {name}?</strong> {words}
      </div>
    </>
  );
}
