import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { type IoServer, liveOf, type Tab, type Tabs } from './tabs.ts';

/** Milliseconds between looks at the write buffers. */
const lookEvery = 250;

/** Packets that wait for a tab: past `soft` it gets no live text until it is below `calm`; past `hard` it is cut. */
export type BufferCaps = { calm: number; soft: number; hard: number; hardCharacters: number };

export const defaultCaps: BufferCaps = { calm: 8, soft: 64, hard: 2_000, hardCharacters: 16_000_000 };

type Deps = { io: IoServer; tabs: Tabs; clock: Clock; log: Log; caps: BufferCaps };

function waiting(tab: Tab): { packets: number; characters: number } {
  const { writeBuffer } = tab.conn as unknown as { writeBuffer: readonly { data?: unknown }[] };
  let characters = 0;
  for (const { data } of writeBuffer) characters += typeof data === 'string' ? data.length : 0;
  return { packets: writeBuffer.length, characters };
}

type SlowConsumers = {
  /** Looks at one tab at once. */
  look(tab: Tab): void;
  stop(): void;
};

/** Keeps tabs that do not read from filling the memory. They come back by `seq` and miss nothing. */
export function watchSlowConsumers({ io, tabs, clock, log, caps }: Deps): SlowConsumers {
  const muted = new Set<Tab>();

  function look(tab: Tab): void {
    const { packets, characters } = waiting(tab);
    if (packets > caps.hard || characters > caps.hardCharacters) {
      log.warn({ packets, characters }, 'a tab that does not read is cut');
      muted.delete(tab);
      tab.conn.close(true);
    } else if (packets > caps.soft) {
      // Again if it is muted already: it may have joined a room since.
      muted.add(tab);
      for (const roomId of tabs.roomsShownBy(tab)) void tab.leave(liveOf(roomId));
    } else if (packets < caps.calm && muted.delete(tab)) {
      for (const roomId of tabs.roomsShownBy(tab)) void tab.join(liveOf(roomId));
    }
  }

  function lookAtAll(): void {
    for (const tab of io.of('/').sockets.values()) look(tab);
    for (const tab of muted) if (!tab.connected) muted.delete(tab);
    cancel = clock.after(lookEvery, lookAtAll);
  }

  let cancel = clock.after(lookEvery, lookAtAll);
  return { look, stop: () => cancel() };
}
