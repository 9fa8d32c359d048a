import { useEffect } from 'react';
import { usePanels } from '../room/use-panels.ts';
import { markTarget } from '../ui/mark-target.ts';

/** Until the panel is drawn, and a sheet has come up. */
const drawnMs = 260;

/** Opens what is known when an address leads there, and goes to the part of it that is named. */
export function useKnownLink(known: string | undefined): void {
  const { open } = usePanels();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the address changes
  useEffect(() => {
    if (known === undefined) return;
    open({ what: 'known' });
    if (known === 'known') return;
    const timer = setTimeout(markTarget, drawnMs);
    return () => clearTimeout(timer);
  }, [known]);
}
