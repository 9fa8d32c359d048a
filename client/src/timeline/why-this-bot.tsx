import { CircleQuestionMark } from 'lucide-react';
import type { Addressee } from '../../../src/domain/event.ts';
import { whyWords } from '../store/why.ts';
import { Tip } from '../ui/tip.tsx';

/** Why this bot answered, on hover, focus or a tap. */
export function WhyThisBot({ addressee, name }: { addressee: Addressee; name: string }) {
  const words = whyWords(addressee);
  const tip = (
    <>
      <strong>Why {name}?</strong> {words}
    </>
  );
  return (
    <Tip label={`Why ${name} answered: ${words}`} tip={tip} className="why">
      <CircleQuestionMark aria-hidden="true" />
    </Tip>
  );
}
