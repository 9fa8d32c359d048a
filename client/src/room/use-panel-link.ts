import { useEffect } from 'react';
import { placeIn } from '../app/route.ts';
import { openSource } from '../library/open-source.ts';
import { useRoomTools } from './room-context.ts';
import { usePanels } from './use-panels.ts';

/** Opens what an address names besides the conversation: the library, a source of it, or asking on the side. */
export function usePanelLink(place: string | undefined): void {
  const { desk } = useRoomTools();
  const { open } = usePanels();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the address changes
  useEffect(() => {
    const named = placeIn(place);
    if (named === undefined) return;
    if (named.what === 'source') openSource(desk, named.sourceId, named.chunkId);
    else open(named);
  }, [place]);
}
