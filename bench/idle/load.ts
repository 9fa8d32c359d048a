/** A process: tabs that are opened and then do nothing. */
import { makeRooms, openKibitzTabs, openRawTabs } from '../fanout/tabs.ts';

/** Tabs are spread over the rooms; a server that is asked again has all those of before, too. */
export type LoadRequest = { kind: 'kibitz' | 'raw'; url: string; rooms: number; tabs: number };

const nothing = () => {};

async function open({ kind, url, rooms, tabs }: LoadRequest): Promise<void> {
  const shape = { rooms, tabs, rate: 1, seconds: 1, spread: 0 };
  if (kind === 'raw') await openRawTabs(url, shape, nothing);
  else await openKibitzTabs(url, await makeRooms(url, rooms), tabs, nothing);
}

process.on('message', (request: LoadRequest) => void open(request).then(() => process.send?.({})));
